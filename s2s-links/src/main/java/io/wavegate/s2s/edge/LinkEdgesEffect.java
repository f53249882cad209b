package io.wavegate.s2s.edge;

import io.wavegate.s2s.link.LinkInput;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;

/**
 * What the entity of a link is to do about its edges.
 *
 * @param <E> names an edge
 */
public sealed interface LinkEdgesEffect<E> {
    /** Tell an edge. */
    record Tell<E>(E edge, ToEdge message) implements LinkEdgesEffect<E> {}

    /** Something happened to a stream of the link. */
    record Happened<E>(LinkInput input) implements LinkEdgesEffect<E> {}

    /**
     * Stanzas of the peer's are to be worked on; {@link LinkEdges#handled} comes when they are dealt with.
     *
     * @param end names them there
     */
    record Receive<E>(E edge, DomainPair pair, long end, List<XmlElement> stanzas) implements LinkEdgesEffect<E> {
        public Receive {
            stanzas = List.copyOf(stanzas);
        }
    }

    /** Another incarnation of this entity has taken over: this one must end. */
    record Outdated<E>() implements LinkEdgesEffect<E> {}
}
