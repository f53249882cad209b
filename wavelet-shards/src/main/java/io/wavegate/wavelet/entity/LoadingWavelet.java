package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.entity.WaveletCommand.Asked;
import io.wavegate.wavelet.entity.WaveletCommand.Internal;
import io.wavegate.wavelet.entity.WaveletCommand.Stop;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A wavelet that is being loaded, at first or again after a write that failed. Requests wait; if the store does not
 * answer they are told so, and loading is tried again, ever more slowly. So a full disk heals by itself.
 */
final class LoadingWavelet extends AbstractBehavior<WaveletCommand> {
    private final EntityParts parts;
    private final Set<ActorRef<WaveletReply>> askers = new HashSet<>();
    private Duration pause;

    private LoadingWavelet(EntityParts parts) {
        super(parts.context());
        this.parts = parts;
        this.pause = parts.settings().lifecycle().reloadMin();
    }

    /** Loads at once. */
    static Behavior<WaveletCommand> start(EntityParts parts) {
        LoadingWavelet loading = new LoadingWavelet(parts);
        loading.load();
        return loading;
    }

    /** After a failed write: loads after the shortest pause. */
    static Behavior<WaveletCommand> again(EntityParts parts) {
        parts.timers().cancelAll();
        return after(parts.settings().lifecycle().reloadMin(), parts);
    }

    /** Loads after a pause, in which it can be stopped. */
    static Behavior<WaveletCommand> after(Duration pause, EntityParts parts) {
        if (pause.isZero()) {
            return start(parts);
        }
        parts.timers().startSingleTimer(new Reload(), pause);
        return new LoadingWavelet(parts);
    }

    @Override
    public Receive<WaveletCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(Loaded.class, this::onLoaded)
                .onMessage(Reload.class, this::onReload)
                .onMessage(Stop.class, this::onStop)
                // Answers to what was asked before the write failed.
                .onMessage(Internal.class, late -> this)
                .onMessage(WaveletCommand.class, this::onEarly)
                .onSignal(PostStop.class, stop -> onStopped())
                .onSignal(PreRestart.class, restart -> onStopped())
                .build();
    }

    private void load() {
        CompletionStage<EntityParts> present = parts.services().isHosted(parts.wavelet())
                ? CompletableFuture.completedFuture(parts)
                : parts.generationLog().load().thenApply(parts::following);
        getContext()
                .pipeToSelf(
                        present.thenCompose(found -> new WaveletLoader(
                                        found.history(), found.settings().tail())
                                .load()
                                .thenApply(wavelet -> new Ready(found, wavelet))),
                        Loaded::new);
    }

    private Behavior<WaveletCommand> onReload(Reload reload) {
        load();
        return this;
    }

    private Behavior<WaveletCommand> onLoaded(Loaded loaded) {
        Ready ready = loaded.ready();
        if (ready != null) {
            return parts.stash().unstashAll(ready.parts().active(ready.wavelet()));
        }
        getContext()
                .getLog()
                .warn(
                        "Wavelet {} cannot be loaded now; next try in {} ms. Cause: {}",
                        parts.wavelet(),
                        pause.toMillis(),
                        String.valueOf(loaded.failure()));
        answerStashed(asked -> asked.refuse(WaveletRefusals.storeUnavailable(parts.wavelet())));
        parts.timers().startSingleTimer(new Reload(), pause);
        Duration longest = parts.settings().lifecycle().reloadMax();
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(longest) > 0 ? longest : doubled;
        return this;
    }

    private Behavior<WaveletCommand> onStop(Stop stop) {
        return Behaviors.stopped();
    }

    private Behavior<WaveletCommand> onStopped() {
        answerStashed(Asked::askAgain);
        return this;
    }

    private Behavior<WaveletCommand> onEarly(WaveletCommand command) {
        StashBuffer<WaveletCommand> stash = parts.stash();
        if (command instanceof Asked asked && !askers.add(asked.replyTo())) {
            // A copy of one that waits already.
            return this;
        } else if (!stash.isFull()) {
            stash.stash(command);
        } else if (command instanceof Asked asked) {
            askers.remove(asked.replyTo());
            asked.refuse(WaveletRefusals.overloaded("Wavelet " + parts.wavelet() + " is still being loaded."));
        }
        return this;
    }

    private void answerStashed(Consumer<Asked> answer) {
        parts.stash().forEach(command -> {
            if (command instanceof Asked asked) {
                answer.accept(asked);
            }
        });
        parts.stash().clear();
        askers.clear();
    }

    private record Ready(EntityParts parts, LoadedWavelet wavelet) {}

    private record Loaded(@Nullable Ready ready, @Nullable Throwable failure) implements Internal {}

    private record Reload() implements Internal {}
}
