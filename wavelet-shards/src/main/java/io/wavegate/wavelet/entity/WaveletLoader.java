package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.state.WaveletState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Loads a wavelet: newest snapshot, then the deltas after it, page by page. Nothing is transformed again: the operations
 * are stored as applied.
 */
final class WaveletLoader {
    private static final long PAGE_BYTES = 1L << 20;

    private final WaveletHistory history;
    private final WaveletSettings.Tail tailLimits;

    WaveletLoader(WaveletHistory history, WaveletSettings.Tail tailLimits) {
        this.history = history;
        this.tailLimits = tailLimits;
    }

    /** The wavelet at its head; fails if the store does not answer or the history is damaged. */
    CompletionStage<LoadedWavelet> load() {
        return history.snapshot()
                .thenCombine(history.hints(), this::start)
                .thenCompose(this::replay)
                .thenCompose(this::withNewest);
    }

    // Whoever is told where the history ends needs at least its newest delta.
    private CompletionStage<LoadedWavelet> withNewest(LoadedWavelet loaded) {
        if (loaded.state().isEmpty() || !loaded.tail().deltas().isEmpty()) {
            return CompletableFuture.completedFuture(loaded);
        }
        return history.ending(loaded.state().version()).thenApply(ending -> {
            AppliedDelta newest = ending.delta()
                    .orElseThrow(() -> new DamagedHistoryException(
                            history.wavelet(),
                            loaded.state().version().version(),
                            "the snapshot is of another history"));
            return loaded.withTail(HistoryTail.of(newest.appliedAt(), List.of(newest)));
        });
    }

    private LoadedWavelet start(Optional<WaveletHistory.Snapshot> snapshot, Map<String, ByteString> hints) {
        WaveletState first =
                snapshot.map(WaveletHistory.Snapshot::state).orElseGet(() -> WaveletState.empty(history.wavelet()));
        long bytes = snapshot.map(WaveletHistory.Snapshot::bytes).orElse(0L);
        return new LoadedWavelet(first, HistoryTail.startingAt(first.version()), hints, 0, 0, bytes);
    }

    private CompletionStage<LoadedWavelet> replay(LoadedWavelet loaded) {
        return history.read(loaded.state().version().version(), Long.MAX_VALUE, PAGE_BYTES)
                .thenCompose(run -> {
                    LoadedWavelet next = apply(loaded, run);
                    return run.more() ? replay(next) : CompletableFuture.completedFuture(next);
                });
    }

    private LoadedWavelet apply(LoadedWavelet loaded, WaveletHistory.DeltaRun run) {
        WaveletState state = loaded.state();
        long bytes = loaded.replayedBytes();
        for (AppliedDelta delta : run.deltas()) {
            Answer<WaveletState> next = state.apply(delta);
            if (next instanceof Answer.No<WaveletState> no) {
                throw new DamagedHistoryException(
                        history.wavelet(),
                        delta.appliedAt().version(),
                        no.refusal().text());
            }
            state = ((Answer.Ok<WaveletState>) next).value();
            bytes += delta.bytes().size();
        }
        HistoryTail tail = loaded.tail().appendAll(run.deltas()).trim(tailLimits.maxDeltas(), tailLimits.maxBytes());
        int deltas = loaded.replayedDeltas() + run.deltas().size();
        return new LoadedWavelet(state, tail, loaded.hints(), deltas, bytes, loaded.snapshotBytes());
    }
}
