package io.wavegate.s2s.entity;

import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.edge.FromEdge;
import io.wavegate.s2s.link.LinkInput;
import io.wavegate.s2s.link.OutboundRequest;
import io.wavegate.s2s.link.Outcome;
import io.wavegate.s2s.link.RelayOutcome;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;

/** What a link entity is told. What comes from elsewhere is a {@link LinkMessage} too, the rest {@link Internal}. */
public sealed interface LinkCommand {
    /** Ask the peer something. */
    record Ask(OutboundRequest request, ActorRef<Outcome> replyTo) implements LinkCommand, LinkMessage {}

    /** The same question once more, for the case that the first was lost while the link moved between nodes. */
    record AskAgain(Ask first) implements LinkCommand, LinkMessage {}

    /** Send the peer an answer of ours. */
    record Say(DomainPair pair, XmlElement stanza) implements LinkCommand, LinkMessage {}

    /** The peer answered. */
    record Answer(String id, XmlElement stanza) implements LinkCommand, LinkMessage {}

    /** The peer said something. */
    record Heard() implements LinkCommand, LinkMessage {}

    /** The peer opened a stream on which we may send back; see {@link LinkInput.WayBack}. */
    record WayBack(DomainPair pair) implements LinkCommand, LinkMessage {}

    /** Whether an address speaks for the link's remote domain; see {@link LinkInput.Confirm}. */
    record Confirm(String address, boolean find, ActorRef<Boolean> replyTo) implements LinkCommand, LinkMessage {}

    /**
     * Stanzas of a component for the link's remote domain.
     *
     * @param bytes how large they are together, about
     */
    record Relay(List<XmlElement> stanzas, long bytes, ActorRef<RelayOutcome> replyTo)
            implements LinkCommand, LinkMessage {}

    /** Wavelets are known to be behind. */
    record Wake() implements LinkCommand, LinkMessage {}

    /** An edge says something. */
    record FromEdgeActor(ActorRef<EdgeCommand> edge, FromEdge message) implements LinkCommand, EdgeWire {}

    /** What an operator sees. */
    record Describe(ActorRef<LinkView> replyTo) implements LinkCommand, LinkMessage {}

    /** An operator wants the peer to be looked for now. */
    record RetryNow(ActorRef<LinkView> replyTo) implements LinkCommand, LinkMessage {}

    /** An operator wants the link's streams closed. */
    record CloseStreams(ActorRef<LinkView> replyTo) implements LinkCommand, LinkMessage {}

    /** From itself, so that it never leaves the node. */
    sealed interface Internal extends LinkCommand, NoSerializationVerificationNeeded {}

    /**
     * Which edges there are.
     *
     * @param all that are not known to be gone
     * @param reachable of these
     * @param expected how many there should be, the one of this node included
     */
    record Edges(Set<ActorRef<EdgeCommand>> all, Set<ActorRef<EdgeCommand>> reachable, int expected)
            implements Internal {}

    /** The edge of this node is there. */
    record LocalEdge(ActorRef<EdgeCommand> edge) implements Internal {}

    /** An edge is gone. */
    record EdgeGone(ActorRef<EdgeCommand> edge) implements Internal {}

    /** From itself: stanzas that an edge had handed over are dealt with. */
    record InboundHandled(ActorRef<EdgeCommand> edge, DomainPair pair, long end) implements Internal {}

    /** From its timer: what it waits for before it stops has taken too long. */
    record StopNow() implements Internal {}

    /** From its timer. */
    record Tick() implements Internal {}

    /** From its timer: it has been of no use for long. */
    record Unused() implements Internal {}

    /** From its shard: end, everybody told. */
    record Stop() implements LinkCommand, LinkMessage {}
}
