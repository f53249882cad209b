package io.wavegate.s2s.stream;

import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** The edge: owns sockets, opens streams to other domains and accepts theirs. */
public interface S2sStreams extends AutoCloseable {
    /**
     * Resolves the remote domain, connects, secures and authenticates. One call is one attempt over all targets; the
     * caller does the backing off.
     *
     * @return the stream, or fails with {@link StreamEndedException}
     */
    CompletionStage<OutgoingStream> open(DomainPair pair);

    /**
     * Forgets what DNS said of where a domain and those below it are, so that the next attempt asks anew.
     *
     * @param domain prepared (RFC 7622)
     */
    void forget(String domain);

    /**
     * Closes the streams that other domains opened to this node for such pairs, cleanly (RFC 6120 section 4.4): what they
     * have under way is still taken. A stream that carries other pairs too ends with all of them.
     *
     * @param which of the pairs, whose local name is ours
     */
    void closeAccepted(Predicate<DomainPair> which);

    /** Stops accepting; what is there stays. */
    default void stopAccepting() {}

    /** How many streams of other domains are open. */
    default int accepted() {
        return 0;
    }

    /** Stops accepting, closes every stream cleanly with {@code system-shutdown}, waits a bounded time. */
    @Override
    void close();
}
