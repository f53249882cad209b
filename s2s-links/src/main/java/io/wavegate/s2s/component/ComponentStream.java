package io.wavegate.s2s.component;

import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A connection on which stanzas pass, with a component or with a component's server. Safe for use by many threads. */
public interface ComponentStream {
    /** The component's name. */
    String host();

    /** Bytes that wait for the other side to read; about. */
    long waiting();

    /**
     * Writes stanzas in order, in one flush. Completes when they are handed to the socket; fails with
     * {@link io.wavegate.s2s.stream.StreamEndedException} if the connection is gone, in which case any of them may or may
     * not have arrived.
     */
    CompletionStage<Void> send(List<XmlElement> stanzas);

    /** Completes when the connection has ended, with why. Never fails. */
    CompletionStage<StreamEnd> ended();
}
