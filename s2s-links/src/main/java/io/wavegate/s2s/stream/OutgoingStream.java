package io.wavegate.s2s.stream;

import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** An authenticated stream that we opened for one pair of domains. Safe for use by many threads. */
public interface OutgoingStream {
    DomainPair pair();

    /**
     * Writes stanzas in order, in one flush. Completes when they are handed to the socket; fails with
     * {@link StreamEndedException} if the stream is gone, in which case any of them may or may not have arrived. The
     * caller keeps a bounded amount under way.
     */
    CompletionStage<Void> send(List<XmlElement> stanzas);

    /** Completes when the stream has ended, with why. Never fails. */
    CompletionStage<StreamEnd> ended();

    /** Closes cleanly (RFC 6120 section 4.4). */
    void close();
}
