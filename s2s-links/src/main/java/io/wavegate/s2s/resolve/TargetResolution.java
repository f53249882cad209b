package io.wavegate.s2s.resolve;

import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the targets of a domain are found (RFC 6120 section 3.2.1, RFC 2782, XEP-0368; spec 2.1): either there is something to
 * ask first, or it is known already.
 */
public sealed interface TargetResolution permits AskingSrv, TargetResolution.Known {
    /**
     * Looks for the servers of a domain.
     *
     * @param domain prepared (RFC 7622); U-labels are asked for in their A-label form
     * @param draw decides among equal priorities
     */
    static TargetResolution of(String domain, ResolveSettings settings, Draw draw) {
        Optional<Resolution.Targets> pinned = settings.pins().forDomain(domain);
        if (pinned.isPresent()) {
            return new Known(pinned.get());
        }
        Optional<Domain> name = Domain.parse(domain);
        return name.isPresent()
                ? new AskingSrv(name.get().ascii(), settings, draw)
                : new Known(new ResolutionSteps(domain)
                        .failed(Reason.REMOTE_NOT_FOUND, "it is not a domain name", "check its spelling"));
    }

    /** What has to be asked, all at once; empty if nothing has. */
    List<DnsQuestion> questions();

    /** @param answers one for each of {@link #questions} */
    Resolution answered(Map<DnsQuestion, DnsAnswer> answers);

    /**
     * Nothing has to be asked.
     *
     * @param resolution what is known
     */
    record Known(Resolution resolution) implements TargetResolution {
        @Override
        public List<DnsQuestion> questions() {
            return List.of();
        }

        @Override
        public Resolution answered(Map<DnsQuestion, DnsAnswer> answers) {
            return resolution;
        }
    }
}
