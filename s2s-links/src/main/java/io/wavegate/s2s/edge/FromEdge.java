package io.wavegate.s2s.edge;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;

/** What an edge tells the entity of a link. */
public sealed interface FromEdge {
    /**
     * The edge knows the entity.
     *
     * @param leaving nothing new should be opened there
     * @param streams that it has for the link
     */
    record Attached(boolean leaving, List<StreamFacts> streams) implements FromEdge {
        public Attached {
            streams = List.copyOf(streams);
        }
    }

    /** Another incarnation of the entity was here that is newer, and nothing of the older one is heeded. */
    record Outdated(long newest) implements FromEdge {}

    /**
     * A stream that was asked for is open.
     *
     * @param attempt which asked for it; 0 if a predecessor's did: told again until the entity says of the stream what it is
     *     to do, or {@link ToEdge.Known}
     */
    record Opened(long attempt, StreamFacts stream) implements FromEdge {}

    /** A stream that was asked for could not be opened. */
    record OpenFailed(DomainPair pair, long attempt, StreamEnd end) implements FromEdge {}

    /** A batch is with the socket but for what the peer does not take. */
    record Written(long stream, long batch, Unsent unsent) implements FromEdge {}

    /**
     * A stream has ended; told again until {@link ToEdge.EndSeen}.
     *
     * @param unacknowledged what was sent on it and, as far as the peer said, never handled
     */
    record Ended(long stream, DomainPair pair, StreamEnd end, List<XmlElement> unacknowledged) implements FromEdge {
        public Ended {
            unacknowledged = List.copyOf(unacknowledged);
        }
    }

    /** The edge will go: what runs on it should go elsewhere. */
    record Leaving() implements FromEdge {}

    /**
     * Stanzas of the peer's; answered by {@link ToEdge.Progress}.
     *
     * @param floor all before this number are dealt with
     * @param first the number of the first stanza
     */
    record Inbound(DomainPair pair, long floor, long first, List<XmlElement> stanzas) implements FromEdge {
        public Inbound {
            stanzas = List.copyOf(stanzas);
        }
    }

    /** Something that a later release says. */
    record Unknown() implements FromEdge {}
}
