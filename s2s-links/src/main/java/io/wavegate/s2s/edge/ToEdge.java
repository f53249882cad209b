package io.wavegate.s2s.edge;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;

/** What the entity of a link tells an edge. With each goes the link and the incarnation of the entity. */
public sealed interface ToEdge {
    /** The entity is there: which streams of the link does the edge have? Answered by {@link FromEdge.Attached}. */
    record Attach() implements ToEdge {}

    /**
     * Make one attempt to open a stream. Told again it is the same attempt.
     *
     * @param attempt counts the attempts of an incarnation
     */
    record Open(DomainPair pair, long attempt) implements ToEdge {}

    /**
     * Send these in one flush; answered by {@link FromEdge.Written}. Told again they are not sent again.
     *
     * @param batch one more than that of the batch before, over all incarnations
     */
    record Send(long stream, long batch, List<XmlElement> stanzas) implements ToEdge {
        public Send {
            stanzas = List.copyOf(stanzas);
        }
    }

    /** Close a stream cleanly. */
    record Close(long stream) implements ToEdge {}

    /** The peer does not answer on a stream: end it, and do not give it to anybody again. */
    record Abandon(long stream) implements ToEdge {}

    /** That a stream has ended is known; it need not be told again. */
    record EndSeen(long stream) implements ToEdge {}

    /** A stream that this entity did not ask for is known to it; it need not be told again. */
    record Known(long stream) implements ToEdge {}

    /** The entity goes, its streams stay for the next one. */
    record Release() implements ToEdge {}

    /**
     * How far stanzas of the peer's have come; see {@link InboundLedger}.
     *
     * @param received all before this number have arrived at the entity
     * @param handled all before this number are dealt with
     */
    record Progress(DomainPair pair, long received, long handled) implements ToEdge {}

    /** Attempts to reach the link's domain from now on do not rely on what DNS said before. */
    record ForgetDns() implements ToEdge {}

    /**
     * Close the streams that the peer opened for the link.
     *
     * @param services names that belong to the link beside those of its domain
     */
    record CloseAccepted(List<String> services) implements ToEdge {
        public CloseAccepted {
            services = List.copyOf(services);
        }
    }

    /** Something that a later release says. */
    record Unknown() implements ToEdge {}
}
