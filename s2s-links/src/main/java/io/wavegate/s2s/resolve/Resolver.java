package io.wavegate.s2s.resolve;

import io.wavegate.s2s.jid.Domain;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Where dials begin, and the DNS that they ask. Safe for use by many threads. */
public interface Resolver extends DnsClient {
    /**
     * An attempt to reach a domain, not started.
     *
     * @param domain prepared (RFC 7622)
     */
    Dial dial(String domain, DialTimes times);

    /**
     * Forgets kept answers.
     *
     * @param domain for this domain, those below it, and the hosts that their SRV records lead to; all if empty
     * @return how many answers were forgotten
     */
    int flush(Optional<Domain> domain);

    /** Remembers how trying a target went, for the order of targets in dials to come. */
    void tried(Target target, boolean reached);

    /** One that knows everything and asks nobody; a server may send us from there to public addresses only. */
    static Resolver of(Function<String, Resolution> known) {
        return new Resolver() {
            @Override
            public Dial dial(String domain, DialTimes times) {
                return new Dial(
                        domain,
                        new TargetResolution.Known(known.apply(domain)),
                        RaceSettings.recommended(),
                        AddressPolicy.PUBLIC,
                        times,
                        target -> false);
            }

            @Override
            public CompletionStage<DnsAnswer> ask(DnsQuestion question) {
                return CompletableFuture.completedFuture(new DnsAnswer.Failure("there is no DNS here"));
            }

            @Override
            public void tried(Target target, boolean reached) {}

            @Override
            public int flush(Optional<Domain> domain) {
                return 0;
            }
        };
    }
}
