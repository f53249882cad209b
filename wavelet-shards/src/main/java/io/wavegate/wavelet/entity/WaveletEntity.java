package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.model.WaveletName;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * One wavelet as an actor: loaded first, then {@link HostedWavelet} or {@link ReplicaWavelet}.
 *
 * <p>A fault of ours that shows as an exception costs the wavelet what it has in memory: it is loaded again, after a pause
 * that grows, since whoever asked asks again, and what made it fail may come back with that. What was under way is of
 * unknown outcome; if it is written late, the condition of the next write finds out.
 */
final class WaveletEntity {
    private WaveletEntity() {}

    /**
     * A wavelet.
     *
     * @param passivate told the actor's own reference when it has nothing to do any more; brings {@link
     *     WaveletCommand.Stop}
     */
    static Behavior<WaveletCommand> create(
            WaveletName wavelet, WaveletServices services, Consumer<ActorRef<WaveletCommand>> passivate) {
        WaveletSettings.Lifecycle lifecycle = services.settings().lifecycle();
        RestartPauses pauses = new RestartPauses(lifecycle);
        return Behaviors.supervise(
                        Behaviors.<WaveletCommand>setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                                lifecycle.stash(),
                                buffer -> begin(
                                        EntityParts.unloaded(
                                                context,
                                                timers,
                                                buffer,
                                                services,
                                                wavelet,
                                                () -> passivate.accept(context.getSelf())),
                                        pauses)))))
                .onFailure(SupervisorStrategy.restart());
    }

    private static Behavior<WaveletCommand> begin(EntityParts parts, RestartPauses pauses) {
        return pauses.next(parts.now())
                .map(pause -> LoadingWavelet.after(pause, parts))
                .orElseGet(Behaviors::stopped);
    }
}
