package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.model.WaveletName;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** One wavelet as an actor: loaded first, then {@link HostedWavelet} or {@link ReplicaWavelet}. */
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
        int stash = services.settings().lifecycle().stash();
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                stash,
                buffer -> LoadingWavelet.start(EntityParts.unloaded(
                        context, timers, buffer, services, wavelet, () -> passivate.accept(context.getSelf()))))));
    }
}
