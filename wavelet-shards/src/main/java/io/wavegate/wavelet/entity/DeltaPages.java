package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.model.AppliedDelta;
import java.util.List;

/** Cuts runs of deltas into pages. */
final class DeltaPages {
    private DeltaPages() {}

    /** The first deltas until so many bytes are reached; the one that reaches it is included, so at least one. */
    static List<AppliedDelta> page(List<AppliedDelta> deltas, long maxBytes) {
        long bytes = 0;
        for (int i = 0; i < deltas.size(); i++) {
            bytes += deltas.get(i).bytes().size();
            if (bytes >= maxBytes) {
                return List.copyOf(deltas.subList(0, i + 1));
            }
        }
        return List.copyOf(deltas);
    }

    static long bytes(List<AppliedDelta> deltas) {
        return deltas.stream().mapToLong(delta -> delta.bytes().size()).sum();
    }
}
