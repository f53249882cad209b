package io.wavegate.s2s.reach;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;

/** What {@link ComponentTurn} is told. Nothing of it leaves the node. */
sealed interface TurnCommand extends NoSerializationVerificationNeeded {
    /** Which nodes can connect. */
    record Candidates(Set<ActorRef<TurnCommand>> all) implements TurnCommand {}

    /** Which nodes do. */
    record Holders(Set<ActorRef<TurnCommand>> all) implements TurnCommand {}

    /** Who has not been heard of by now is not there. */
    record Settled() implements TurnCommand {}

    /** Time has passed. */
    record Tick() implements TurnCommand {}

    /**
     * The node will go.
     *
     * @param left to be completed when its connections are closed
     */
    record Leave(CompletableFuture<Void> left) implements TurnCommand {}

    /** The connections are closed. */
    record HungUp(CompletableFuture<Void> then) implements TurnCommand {}
}
