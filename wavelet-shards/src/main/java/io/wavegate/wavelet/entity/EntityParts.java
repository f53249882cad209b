package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.model.WaveletName;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * What one wavelet's actor consists of, whichever state it is in.
 *
 * @param history its present history
 * @param generations which histories a replica has
 * @param passivate asks the shard to stop this wavelet
 */
record EntityParts(
        ActorContext<WaveletCommand> context,
        TimerScheduler<WaveletCommand> timers,
        StashBuffer<WaveletCommand> stash,
        WaveletServices services,
        WaveletHistory history,
        GenerationLog.Logged generations,
        Runnable passivate) {

    /** Parts of a wavelet that has not been loaded. */
    static EntityParts unloaded(
            ActorContext<WaveletCommand> context,
            TimerScheduler<WaveletCommand> timers,
            StashBuffer<WaveletCommand> stash,
            WaveletServices services,
            WaveletName wavelet,
            Runnable passivate) {
        return new EntityParts(
                context, timers, stash, services, services.history(wavelet), GenerationLog.Logged.NOTHING, passivate);
    }

    /** The same wavelet, with the history that the log of generations says. */
    EntityParts following(GenerationLog.Logged logged) {
        WaveletHistory current =
                services.replica(wavelet(), logged.generations().current());
        return new EntityParts(context, timers, stash, services, current, logged, passivate);
    }

    GenerationLog generationLog() {
        return new GenerationLog(services.journal(), wavelet());
    }

    WaveletName wavelet() {
        return history.wavelet();
    }

    WaveletSettings settings() {
        return services.settings();
    }

    ActorRef<WaveletCommand> self() {
        return context.getSelf();
    }

    /** Milliseconds that only go on: what waits ends by them. */
    long now() {
        return services.steady().getAsLong();
    }

    /** Milliseconds since the epoch, as the machine's clock has them: what is stored is dated by them. */
    long date() {
        return services.clock().getAsLong();
    }

    /** The wavelet in service. */
    Behavior<WaveletCommand> active(LoadedWavelet loaded) {
        return services.isHosted(wavelet()) ? new HostedWavelet(this, loaded) : new ReplicaWavelet(this, loaded);
    }
}
