package io.wavegate.s2s.component;

import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlSize;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    /** The same stanzas in order, cut into what {@link #offer} takes or refuses as a whole. */
    default List<List<XmlElement>> parts(List<XmlElement> stanzas) {
        return List.of(stanzas);
    }

    /**
     * As {@link #send}, unless so much waits already that more than this would.
     *
     * @param most bytes that may wait
     * @return whether they were taken; fails as {@link #send} does
     */
    default CompletionStage<Boolean> offer(List<XmlElement> stanzas, long most) {
        long already = waiting();
        return already > 0 && already + XmlSize.of(stanzas) > most
                ? CompletableFuture.completedFuture(false)
                : send(stanzas).thenApply(sent -> true);
    }

    /** Sends something without meaning, so that the end of a dead connection is found out. */
    void probe();

    /** Ends a connection of this node for this reason. */
    void close(StreamEnd why);

    /** Completes when the connection has ended, with why. Never fails. */
    CompletionStage<StreamEnd> ended();
}
