package io.wavegate.s2s.resolve;

import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the targets of a domain are found (RFC 6120 section 3.2.1, RFC 2782; spec 2.1): one state for each thing waited for.
 * The shell asks {@link #questions} in parallel and hands all the answers back, until {@link Resolved}.
 */
public sealed interface TargetResolution permits AskingSrv, AskingAddresses, TargetResolution.Resolved {
    /** Looks for the servers of a domain; {@code draw} decides among equal priorities. */
    static TargetResolution start(String domain, ResolveSettings settings, Draw draw) {
        Optional<Domain> name = Domain.parse(domain);
        return name.isPresent()
                ? new AskingSrv(name.get().ascii(), settings, draw)
                : new ResolutionSteps(domain)
                        .failed(Reason.REMOTE_NOT_FOUND, "it is not a domain name", "check its spelling");
    }

    /** What has to be asked in this state; not empty, except when resolved. */
    Set<DnsQuestion> questions();

    /**
     * @param answers one for each of {@link #questions}
     * @return the next state
     */
    TargetResolution answered(Map<DnsQuestion, DnsAnswer> answers);

    /**
     * The end.
     *
     * @param resolution what was found
     */
    record Resolved(Resolution resolution) implements TargetResolution {
        @Override
        public Set<DnsQuestion> questions() {
            return Set.of();
        }

        @Override
        public TargetResolution answered(Map<DnsQuestion, DnsAnswer> answers) {
            return this;
        }
    }
}
