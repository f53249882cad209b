package io.wavegate.s2s.resolve;

import io.wavegate.s2s.resolve.DnsRecord.Srv;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the SRV records of both services, STARTTLS and direct TLS, and merges them. Only a real "no such record" to
 * both opens the way to the address of the domain itself: a failing DNS server must not send streams to a host that was
 * never meant to serve XMPP (spec 2.1.8).
 *
 * @param domain in A-labels
 */
record AskingSrv(String domain, ResolveSettings settings, Draw draw) implements TargetResolution {
    static final int DEFAULT_PORT = 5269;
    private static final String STARTTLS = "_xmpp-server._tcp.";
    private static final String DIRECT_TLS = "_xmpps-server._tcp.";

    private DnsQuestion startTls() {
        return new DnsQuestion(STARTTLS + domain, DnsQuestion.Type.SRV);
    }

    private DnsQuestion directTls() {
        return new DnsQuestion(DIRECT_TLS + domain, DnsQuestion.Type.SRV);
    }

    @Override
    public List<DnsQuestion> questions() {
        return settings.directTls() ? List.of(directTls(), startTls()) : List.of(startTls());
    }

    @Override
    public Resolution answered(Map<DnsQuestion, DnsAnswer> answers) {
        ResolutionSteps steps = new ResolutionSteps(domain);
        for (DnsQuestion question : questions()) {
            steps = steps.with(question, answers.get(question));
        }
        List<Offer> offers = new ArrayList<>();
        add(answers.get(directTls()), true, offers);
        add(answers.get(startTls()), false, offers);
        if (!offers.isEmpty()) {
            return ordered(offers, steps);
        }
        if (questions().stream().map(answers::get).anyMatch(answer -> !isDefinite(answer))) {
            return steps.failed(
                    Reason.RESOLUTION_FAILED,
                    "DNS did not answer",
                    "check the DNS servers of this machine; it is tried again");
        }
        if (answers.values().stream().anyMatch(DnsAnswer.Found.class::isInstance)) {
            return steps.failed(
                    Reason.REMOTE_NOT_FOUND,
                    "its DNS says that it has no XMPP server",
                    "its operator has to change the SRV records if it has one");
        }
        return steps.found(List.of(new Target(domain, DEFAULT_PORT, false)));
    }

    static boolean isDirectTls(DnsQuestion question) {
        return question.name().startsWith(DIRECT_TLS);
    }

    private static boolean isDefinite(@Nullable DnsAnswer answer) {
        return answer instanceof DnsAnswer.Found || answer instanceof DnsAnswer.None;
    }

    /** A target of "." says nothing of the other service: who wants direct TLS alone publishes just that. */
    private static void add(@Nullable DnsAnswer answer, boolean directTls, List<Offer> offers) {
        if (answer instanceof DnsAnswer.Found found) {
            for (DnsRecord record : found.records()) {
                if (record instanceof Srv srv && !srv.notOffered() && srv.port() > 0) {
                    offers.add(new Offer(srv, directTls));
                }
            }
        }
    }

    private Resolution ordered(List<Offer> offers, ResolutionSteps steps) {
        Set<Target> targets = new LinkedHashSet<>();
        for (Offer offer : SrvOrder.of(offers, Offer::srv, draw)) {
            targets.add(new Target(offer.srv().target(), offer.srv().port(), offer.directTls()));
        }
        int followed = Math.min(targets.size(), settings.maximumTargets());
        ResolutionSteps told = followed == targets.size()
                ? steps
                : steps.with("only " + followed + " of " + targets.size() + " SRV records are followed"
                        + " (wavegate.s2s.resolve.maximum-targets)");
        return told.found(targets.stream().limit(followed).toList());
    }

    /** A record, and which service it is of. */
    private record Offer(Srv srv, boolean directTls) {}
}
