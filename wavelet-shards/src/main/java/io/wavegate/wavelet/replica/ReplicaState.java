package io.wavegate.wavelet.replica;

import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.state.WaveletState;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A replica of a wavelet. Only {@link #wavelet} needs to be stored: the rest is what is known of the host beyond it, and
 * comes again.
 *
 * @param wavelet our copy: a prefix of the host's history, always
 * @param pending verified deltas ahead of a gap, by the version they apply at; unmodifiable
 * @param asked the history request under way
 * @param hostHas the latest boundary that the host has told of, if later than ours
 * @param contradiction what was offered and does not fit, until something fits
 */
public record ReplicaState(
        WaveletState wavelet,
        SortedMap<Long, ReceivedDelta> pending,
        Optional<ReplicaEffect.AskHistory> asked,
        Optional<HashedVersion> hostHas,
        Optional<Evidence> contradiction) {
    public ReplicaState {
        pending = Collections.unmodifiableSortedMap(new TreeMap<>(pending));
    }

    /** A replica as it was stored. */
    public static ReplicaState of(WaveletState wavelet) {
        return new ReplicaState(
                wavelet, Collections.emptySortedMap(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A replica of which we have nothing yet. */
    public static ReplicaState empty(WaveletName name) {
        return of(WaveletState.empty(name));
    }

    /** True while a delta waits for what comes before it: the update that brought it is not handled yet. */
    public boolean awaits(ReceivedDelta delta) {
        ReceivedDelta waiting = pending.get(delta.appliedAt().version());
        return waiting != null && waiting.bytes().equals(delta.bytes());
    }

    /** True if the host has told of history that we lack. */
    public boolean isBehind() {
        return !pending.isEmpty()
                || hostHas.filter(at -> at.version() > wavelet.version().version())
                        .isPresent();
    }
}
