package io.wavegate.wavelet.placement;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.japi.function.Function;

/** Reaches the entities of a kind, wherever in the cluster they are. What is sent while one moves may be lost. */
public interface EntityRefs<M> {
    /** Fails with a {@link java.util.concurrent.TimeoutException} if the entity does not answer in time. */
    <R> CompletionStage<R> ask(String entityId, Function<ActorRef<R>, M> message, Duration timeout);

    /** Sends without waiting for anything. */
    void tell(String entityId, M message);
}
