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
 * @param wavelet our copy: a prefix of the host's history, unless it turns out that the host has another one by now
 * @param pending verified deltas ahead of a gap, by the version they apply at; unmodifiable
 * @param asked the history request under way
 * @param hostHas the latest boundary that the host has told of, if later than ours
 * @param contradiction what was offered and does not fit, until something fits
 * @param divergence what is done about it, if the host may have another history than ours
 */
public record ReplicaState(
        WaveletState wavelet,
        SortedMap<Long, ReceivedDelta> pending,
        Optional<ReplicaEffect.AskHistory> asked,
        Optional<HashedVersion> hostHas,
        Optional<Evidence> contradiction,
        Optional<Divergence> divergence) {
    public ReplicaState {
        pending = Collections.unmodifiableSortedMap(new TreeMap<>(pending));
    }

    /** A replica as it was stored. */
    public static ReplicaState of(WaveletState wavelet) {
        return new ReplicaState(
                wavelet,
                Collections.emptySortedMap(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A replica as it was stored while something was being done about another history of its host. */
    public static ReplicaState of(WaveletState wavelet, Optional<Divergence> unfinished) {
        ReplicaState plain = of(wavelet);
        return new ReplicaState(
                wavelet, plain.pending(), plain.asked(), plain.hostHas(), plain.contradiction(), unfinished);
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

    /** True while an answer of the host is awaited. */
    public boolean isAsking() {
        return asked.isPresent()
                || divergence
                        .filter(d -> d instanceof Divergence.Searching searching && searching.asked())
                        .isPresent();
    }

    /** True if the host has told of history that we lack, or of another one than ours. */
    public boolean isBehind() {
        return !pending.isEmpty()
                || divergence.isPresent()
                || hostHas.filter(at -> at.version() > wavelet.version().version())
                        .isPresent();
    }
}
