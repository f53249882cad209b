package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.entity.OlderHistory.TooFarBackException;
import io.wavegate.wavelet.entity.WaveletCommand.Internal;
import io.wavegate.wavelet.entity.WaveletCommand.Submit;
import io.wavegate.wavelet.model.HistoryTail;
import java.util.Optional;

/**
 * Reads older history for deltas made against a version before the tail, beside the wavelet's own work; bounded. How far
 * back has been checked by the authority.
 */
final class LateSubmits {
    private final EntityParts parts;
    private int underWay;
    private int generation;

    LateSubmits(EntityParts parts) {
        this.parts = parts;
    }

    /** A refusal if too many are being read. */
    Optional<Refusal> read(BatchDecider.Late late, HistoryTail tail) {
        if (underWay >= parts.settings().batch().lateAtOnce()) {
            return Optional.of(WaveletRefusals.overloaded(
                    "Too many deltas against old versions of wavelet " + parts.wavelet() + " are being transformed."));
        }
        underWay++;
        int now = generation;
        parts.context()
                .pipeToSelf(
                        new OlderHistory(
                                        parts.history(),
                                        parts.settings().authority().maxLateDeltas())
                                .before(tail, late.fromVersion()),
                        (longer, failure) -> failure == null
                                ? new Ready(now, late.submit(), Optional.of(longer), Optional.empty())
                                : new Ready(now, late.submit(), Optional.empty(), Optional.of(refusal(failure))));
        return Optional.empty();
    }

    private Refusal refusal(Throwable failure) {
        boolean tooFar = failure instanceof TooFarBackException || failure.getCause() instanceof TooFarBackException;
        return tooFar ? WaveletRefusals.tooOld(parts.wavelet()) : WaveletRefusals.storeUnavailable(parts.wavelet());
    }

    /** False if it has been given up meanwhile. */
    boolean returned(Ready ready) {
        if (ready.generation() != generation) {
            return false;
        }
        underWay--;
        return true;
    }

    /** What is still being read is given up. */
    void abandon() {
        generation++;
        underWay = 0;
    }

    /**
     * A late submit with the history it needs.
     *
     * @param longer history back to its target, ending where the tail ended when reading began
     * @param refusal why there is none
     */
    record Ready(int generation, Submit submit, Optional<HistoryTail> longer, Optional<Refusal> refusal)
            implements Internal {

        /** The tail, reaching back far enough; empty if too much has been applied meanwhile. */
        Optional<HistoryTail> extend(HistoryTail tail) {
            return longer.filter(older -> older.head().version() >= tail.from().version())
                    .map(older -> older.appendAll(tail.since(older.head().version())));
        }
    }
}
