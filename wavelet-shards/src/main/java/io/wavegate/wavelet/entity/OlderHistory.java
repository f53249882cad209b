package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HistoryTail;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Makes a tail longer at its beginning, page by page from the journal. */
final class OlderHistory {
    private static final long PAGE_BYTES = 1L << 20;

    private final WaveletHistory history;
    private final int maxDeltas;

    /**
     * Older history, bounded.
     *
     * @param maxDeltas beyond, reading fails with {@link TooFarBackException}
     */
    OlderHistory(WaveletHistory history, int maxDeltas) {
        this.history = history;
        this.maxDeltas = maxDeltas;
    }

    /** The tail, reaching back to a version or, if that is inside a delta, to that delta's beginning. */
    CompletionStage<HistoryTail> before(HistoryTail tail, long version) {
        return history.startOfDeltaAt(version)
                .thenCompose(from -> read(new ArrayList<>(), from, tail.from().version()))
                .thenApply(older -> older.isEmpty()
                        ? tail
                        : HistoryTail.of(older.get(0).appliedAt(), older).appendAll(tail.deltas()));
    }

    private CompletionStage<List<AppliedDelta>> read(List<AppliedDelta> soFar, long from, long until) {
        return history.read(from, until, PAGE_BYTES).thenCompose(run -> {
            soFar.addAll(run.deltas());
            if (soFar.size() > maxDeltas) {
                return CompletableFuture.failedFuture(new TooFarBackException());
            }
            return run.more()
                    ? read(soFar, soFar.get(soFar.size() - 1).result().version(), until)
                    : CompletableFuture.completedFuture(soFar);
        });
    }

    /** There are more deltas in between than the bound allows. */
    static final class TooFarBackException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
