package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.entity.RepeatedAsk.Pace;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.placement.EntityRefs;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.japi.function.Function;

/**
 * Asks wavelets, wherever they are. Sharding drops messages while a shard moves and loses those that a node that dies
 * had; so what gets no answer is said again, in short intervals up to one deadline, and wavelets recognise copies.
 */
final class EntityAsk {
    static final EntityTypeKey<WaveletCommand> KEY = EntityTypeKey.create(WaveletCommand.class, "wavelet");

    private final ActorSystem<?> system;
    private final EntityRefs<WaveletCommand> entities;
    private final Duration timeout;
    private final Set<RepeatedAsk<?>> waiting = ConcurrentHashMap.newKeySet();

    EntityAsk(ActorSystem<?> system, EntityRefs<WaveletCommand> entities, Duration timeout) {
        this.system = system;
        this.entities = entities;
        this.timeout = timeout;
    }

    /**
     * The answer.
     *
     * @param wait how long the wavelet may wait for news before it answers
     * @param type of answer
     * @return empty if there is none in time; then it is not known what was done
     */
    <R extends WaveletReply> CompletionStage<Optional<R>> ask(
            WaveletName wavelet,
            Duration wait,
            Class<R> type,
            Function<ActorRef<WaveletReply>, WaveletCommand> command) {
        return ask(wavelet, wait.isZero() ? Pace.PROMPT : Pace.WAITING, wait, type, command);
    }

    /** As the other, at a pace of its own: for what is large, or takes long by its nature. */
    <R extends WaveletReply> CompletionStage<Optional<R>> ask(
            WaveletName wavelet,
            Pace pace,
            Duration wait,
            Class<R> type,
            Function<ActorRef<WaveletReply>, WaveletCommand> command) {
        RepeatedAsk<R> ask = new RepeatedAsk<>(
                system.scheduler(),
                system.executionContext(),
                entities,
                wavelet.toUri(),
                type,
                command,
                pace,
                timeout.plus(wait));
        if (pace == Pace.WAITING) {
            waiting.add(ask);
            ask.answer().whenComplete((answer, failure) -> waiting.remove(ask));
        }
        ask.start();
        return ask.answer();
    }

    /** Says again what waits for news: wavelets that ran on a node that is gone have forgotten who waits. */
    void repeatWaiting() {
        waiting.forEach(RepeatedAsk::repeatAnew);
    }

    void tell(String uri, WaveletCommand command) {
        entities.tell(uri, command);
    }
}
