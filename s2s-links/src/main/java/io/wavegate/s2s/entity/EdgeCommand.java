package io.wavegate.s2s.entity;

import io.wavegate.s2s.edge.EdgeRegister;
import io.wavegate.s2s.edge.ToEdge;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;

/** What the actor of an edge is told. What comes from elsewhere is {@link EdgeWire}, the rest {@link Internal}. */
public sealed interface EdgeCommand {
    /**
     * The entity of a link says something.
     *
     * @param incarnation of the entity
     * @param entity takes what the edge says
     */
    record FromLink(DomainPair link, long incarnation, ActorRef<LinkCommand> entity, ToEdge message)
            implements EdgeCommand, EdgeWire {}

    /** From the node itself, so that it never leaves it. */
    sealed interface Internal extends EdgeCommand, NoSerializationVerificationNeeded {}

    /** An attempt has opened a stream. */
    record Opened(EdgeRegister.Attempt attempt, OutgoingStream stream) implements Internal {}

    /** An attempt came to nothing. */
    record OpenFailed(EdgeRegister.Attempt attempt, StreamEnd end) implements Internal {}

    /** A batch is with the socket. */
    record Written(long stream, long batch, Unsent unsent) implements Internal {}

    /** A stream has ended. */
    record Ended(long stream, StreamEnd end) implements Internal {}

    /** An entity is not there any more. */
    record EntityGone(DomainPair link, ActorRef<LinkCommand> entity) implements Internal {}

    /**
     * Stanzas of another domain have come.
     *
     * @param received to be completed when an entity has them
     * @param handled to be completed when they are dealt with
     */
    record Arrived(
            DomainPair pair,
            List<XmlElement> stanzas,
            CompletableFuture<Void> received,
            CompletableFuture<Void> handled)
            implements Internal {}

    /** The cluster has other edges, or not. */
    record Others(boolean any) implements Internal {}

    /**
     * The node will go.
     *
     * @param left to be completed when links use other edges, with whether there are others
     */
    record Leave(CompletableFuture<Boolean> left) implements Internal {}

    /** From its timer, while it leaves. */
    record LeaveOn() implements Internal {}

    /** From its timer. */
    record Tick() implements Internal {}
}
