package io.wavegate.load.check;

import java.util.List;

/**
 * A history as it stands when faults have stopped and all had time to settle.
 *
 * @param domain with whom
 * @param wavelet which wavelet
 * @param host true at the domain that hosts it
 * @param deltas in order
 */
public record FinalHistory(String domain, String wavelet, boolean host, List<FinalDelta> deltas) {
    public FinalHistory {
        deltas = List.copyOf(deltas);
    }

    /** Where it ends; 0 if it is empty. */
    public long head() {
        return deltas.isEmpty() ? 0 : deltas.get(deltas.size() - 1).version();
    }
}
