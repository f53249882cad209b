package io.wavegate.s2s.api;

import io.wavegate.s2s.jid.Domain;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Finding the servers of other domains, as an operator may look at it. Safe for use by many threads. */
public interface Resolutions {
    /**
     * What looking for the servers of a domain comes to now; nothing is connected to. Answers that DNS allows to be used
     * again are taken from the cache; {@link #flush} first for fresh ones.
     *
     * @return never fails, completes in bounded time
     */
    CompletionStage<ResolutionReport> report(Domain domain);

    /**
     * Forgets kept DNS answers, so that the next attempt asks again.
     *
     * @param domain what is kept for this domain, for names below it and for the hosts that its SRV records lead to;
     *     everything if empty
     * @return how many answers were forgotten
     */
    int flush(Optional<Domain> domain);
}
