package io.wavegate.s2s.resolve;

import io.wavegate.s2s.resolve.AskingAddresses.Candidate;
import io.wavegate.s2s.resolve.DnsRecord.Srv;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Waits for the SRV records. Only a real "no such record" opens the way to the address of the domain itself: a failing DNS
 * server must not send streams to a host that was never meant to serve XMPP (spec 2.1.8).
 *
 * @param domain in A-labels
 */
record AskingSrv(String domain, ResolveSettings settings, Draw draw) implements TargetResolution {
    private static final int DEFAULT_PORT = 5269;

    private DnsQuestion question() {
        return new DnsQuestion("_xmpp-server._tcp." + domain, DnsQuestion.Type.SRV);
    }

    @Override
    public Set<DnsQuestion> questions() {
        return Set.of(question());
    }

    @Override
    public TargetResolution answered(Map<DnsQuestion, DnsAnswer> answers) {
        DnsAnswer answer = answers.get(question());
        ResolutionSteps steps = new ResolutionSteps(domain).with(question(), answer);
        if (answer instanceof DnsAnswer.Found found) {
            return found(found, steps);
        }
        if (answer instanceof DnsAnswer.None) {
            return new AskingAddresses(settings, List.of(new Candidate(domain, DEFAULT_PORT)), steps);
        }
        return steps.failed(
                Reason.RESOLUTION_FAILED,
                "DNS did not answer",
                "check the DNS servers of this machine; it is tried again");
    }

    private TargetResolution found(DnsAnswer.Found found, ResolutionSteps steps) {
        List<Srv> offered = found.records().stream()
                .filter(Srv.class::isInstance)
                .map(Srv.class::cast)
                .filter(record -> !record.notOffered() && record.port() > 0)
                .toList();
        if (offered.isEmpty()) {
            return steps.failed(
                    Reason.REMOTE_NOT_FOUND,
                    "its DNS says that it has no XMPP server",
                    "its operator has to change the SRV records if it has one");
        }
        List<Srv> ordered = SrvOrder.of(offered, draw);
        int followed = Math.min(ordered.size(), settings.maximumTargets());
        ResolutionSteps told = followed == ordered.size()
                ? steps
                : steps.with("only " + followed + " of " + ordered.size() + " SRV records are followed"
                        + " (wavegate.s2s.resolve.maximum-targets)");
        return new AskingAddresses(
                settings,
                ordered.subList(0, followed).stream()
                        .map(record -> new Candidate(record.target(), record.port()))
                        .toList(),
                told);
    }
}
