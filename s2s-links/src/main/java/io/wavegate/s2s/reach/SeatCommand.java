package io.wavegate.s2s.reach;

import io.wavegate.s2s.seat.Delivery;
import io.wavegate.s2s.seat.ToSeat;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;

/** What the seat of a component is told. */
public sealed interface SeatCommand {
    /** A node says something. */
    record FromNode(ActorRef<CourierCommand> courier, ToSeat message) implements SeatCommand, SeatWire {}

    /** From the node itself, so that it never leaves it. */
    sealed interface Internal extends SeatCommand, NoSerializationVerificationNeeded {}

    /** What became of a batch. */
    record Settled(ActorRef<CourierCommand> courier, long number, Delivery delivery) implements Internal {}

    /** A node is gone. */
    record CourierGone(ActorRef<CourierCommand> courier) implements Internal {}

    /** The connection has ended. */
    record Ended() implements Internal {}
}
