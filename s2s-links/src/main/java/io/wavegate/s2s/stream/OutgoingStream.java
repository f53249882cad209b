package io.wavegate.s2s.stream;

import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * An authenticated stream on which to send for one pair of domains: one that we opened, or the way back on a bidirectional one
 * that the peer opened. Safe for use by many threads.
 */
public interface OutgoingStream {
    DomainPair pair();

    /**
     * Writes stanzas in order, in one flush. Completes when they are handed to the socket, with those that were not because
     * they are larger than the peer takes; fails with {@link StreamEndedException} if the stream is gone, in which case any
     * of them may or may not have arrived. The caller keeps a bounded amount under way.
     */
    CompletionStage<Unsent> send(List<XmlElement> stanzas);

    /** Completes when the stream has ended, with why. Never fails. */
    CompletionStage<StreamEnd> ended();

    /**
     * Once the stream has ended: what was sent and never acknowledged, in order, which may or may not have arrived. Always
     * empty unless {@link #isAcknowledged}.
     */
    default List<XmlElement> unacknowledged() {
        return List.of();
    }

    /** Whether the peer acknowledges what is sent (XEP-0198), so that a loss shows. */
    default boolean isAcknowledged() {
        return false;
    }

    /** For how long nothing has come on the connection. */
    default Duration silence() {
        return Duration.ZERO;
    }

    /** The peer does not answer on it: ends what we opened at once; what the peer opened is not used again. */
    default void abandon() {
        close();
    }

    /** Closes cleanly (RFC 6120 section 4.4) what we opened; what the peer opened is left to it. */
    void close();
}
