package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.model.AppliedDelta;
import java.util.List;

/** When a snapshot is worth its writing: when replaying what came after the last one costs more than a bound. */
final class SnapshotPolicy {
    private final WaveletSettings.Lifecycle limits;
    private int deltas;
    private long bytes;
    // Set by whoever wrote it, on another thread.
    private volatile long lastSnapshotBytes;

    SnapshotPolicy(WaveletSettings.Lifecycle limits, LoadedWavelet loaded) {
        this.limits = limits;
        this.deltas = loaded.replayedDeltas();
        this.bytes = loaded.replayedBytes();
        this.lastSnapshotBytes = loaded.snapshotBytes();
    }

    /** Counts deltas that became durable; true if it is time. */
    boolean due(List<AppliedDelta> more) {
        deltas += more.size();
        bytes += DeltaPages.bytes(more);
        // A long document is not written out again for a few small deltas: the cost stays a share of what was edited.
        boolean due =
                (deltas >= limits.snapshotDeltas() || bytes >= limits.snapshotBytes()) && 8 * bytes > lastSnapshotBytes;
        if (due) {
            deltas = 0;
            bytes = 0;
        }
        return due;
    }

    void written(long size) {
        lastSnapshotBytes = size;
    }
}
