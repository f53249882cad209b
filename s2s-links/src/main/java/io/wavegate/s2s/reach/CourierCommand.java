package io.wavegate.s2s.reach;

import io.wavegate.s2s.component.ComponentStream;
import io.wavegate.s2s.seat.Delivery;
import io.wavegate.s2s.seat.FromSeat;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;

/** What the courier of a node is told, who brings stanzas to components that are connected to other nodes. */
public sealed interface CourierCommand {
    /** A seat says something. */
    record FromSeatActor(ActorRef<SeatCommand> seat, FromSeat message) implements CourierCommand, SeatWire {}

    /** From the node itself, so that it never leaves it. */
    sealed interface Internal extends CourierCommand, NoSerializationVerificationNeeded {}

    /**
     * Where a connection is.
     *
     * @param all that are not known to be gone
     * @param reachable of these
     */
    record Listed(SeatName name, Set<ActorRef<SeatCommand>> all, Set<ActorRef<SeatCommand>> reachable)
            implements Internal {}

    /** A connection of this node has got a seat. */
    record Here(SeatName name, ActorRef<SeatCommand> seat, ComponentStream connection) implements Internal {}

    /**
     * Stanzas for a component.
     *
     * @param delivered to be completed when it is known what became of them
     */
    record Hand(
            ActorRef<SeatCommand> seat,
            boolean bounded,
            List<XmlElement> stanzas,
            CompletableFuture<Delivery> delivered)
            implements Internal {}

    /** Errors for a component that the node has not heard of. */
    record Keep(SeatName name, List<XmlElement> errors) implements Internal {}

    /** Somebody wants to connect under the name of a component that has this seat. */
    record Doubt(ActorRef<SeatCommand> seat) implements Internal {}

    /** A seat is not there any more. */
    record SeatGone(ActorRef<SeatCommand> seat) implements Internal {}

    /** From its timer. */
    record Tick() implements Internal {}
}
