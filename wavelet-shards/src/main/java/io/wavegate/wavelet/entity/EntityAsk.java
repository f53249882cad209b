package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.placement.EntityRefs;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.japi.function.Function;

/**
 * Asks wavelets. Sharding may drop what it buffered while a shard moved, so what gets no answer is asked once more;
 * entities recognise what they have done already.
 */
final class EntityAsk {
    static final EntityTypeKey<WaveletCommand> KEY = EntityTypeKey.create(WaveletCommand.class, "wavelet");

    private final EntityRefs<WaveletCommand> entities;
    private final Duration timeout;

    EntityAsk(EntityRefs<WaveletCommand> entities, Duration timeout) {
        this.entities = entities;
        this.timeout = timeout;
    }

    /** The answer; empty if there is none in time, twice. */
    <R> CompletionStage<Optional<R>> ask(
            WaveletName wavelet, Duration extra, Function<ActorRef<R>, WaveletCommand> command) {
        return once(wavelet, extra, command)
                .thenCompose(answer ->
                        answer.isPresent() ? CompletableFuture.completedFuture(answer) : once(wavelet, extra, command));
    }

    private <R> CompletionStage<Optional<R>> once(
            WaveletName wavelet, Duration extra, Function<ActorRef<R>, WaveletCommand> command) {
        // The stage that an ask gives runs what follows it on the common pool, which on two cores starts a thread for
        // each; a named executor avoids that: in place, on the thread that brought the answer.
        return entities.ask(wavelet.toUri(), command, timeout.plus(extra))
                .handleAsync(
                        (answer, failure) -> failure == null ? Optional.of(answer) : Optional.empty(), Runnable::run);
    }

    void tell(String uri, WaveletCommand command) {
        entities.tell(uri, command);
    }
}
