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
 * @param passivate asks the shard to stop this wavelet
 */
record EntityParts(
        ActorContext<WaveletCommand> context,
        TimerScheduler<WaveletCommand> timers,
        StashBuffer<WaveletCommand> stash,
        WaveletServices services,
        WaveletHistory history,
        Runnable passivate) {

    WaveletName wavelet() {
        return history.wavelet();
    }

    WaveletSettings settings() {
        return services.settings();
    }

    ActorRef<WaveletCommand> self() {
        return context.getSelf();
    }

    long now() {
        return services.clock().getAsLong();
    }

    /** The wavelet in service. */
    Behavior<WaveletCommand> active(LoadedWavelet loaded) {
        return services.isHosted(wavelet()) ? new HostedWavelet(this, loaded) : new ReplicaWavelet(this, loaded);
    }
}
