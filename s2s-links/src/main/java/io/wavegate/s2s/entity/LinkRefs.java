package io.wavegate.s2s.entity;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.wavelet.placement.EntityRefs;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/** Reaches link entities wherever they are. */
final class LinkRefs implements LinkTeller {
    private final EntityRefs<LinkCommand> entities;

    LinkRefs(EntityRefs<LinkCommand> entities) {
        this.entities = entities;
    }

    @Override
    public void tell(DomainPair link, LinkCommand command) {
        entities.tell(LinkEntity.entityId(link), command);
    }

    /** Fails with a {@link java.util.concurrent.TimeoutException} if the entity does not answer in time. */
    <T> CompletionStage<T> ask(DomainPair link, Function<ActorRef<T>, LinkCommand> command, Duration timeout) {
        CompletableFuture<T> answered = new CompletableFuture<>();
        // What follows the stage of an ask runs on the common pool, which on few cores starts a thread for each answer.
        // A stage of our own, completed on the thread that brought the answer, lets it go on there.
        entities.<T>ask(LinkEntity.entityId(link), command::apply, timeout)
                .whenCompleteAsync(
                        (answer, failure) -> {
                            if (failure == null) {
                                answered.complete(answer);
                            } else {
                                answered.completeExceptionally(failure);
                            }
                        },
                        Runnable::run);
        return answered;
    }
}
