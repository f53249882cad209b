package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.state.WaveletState;
import java.util.Map;

/**
 * A wavelet as the journal has it.
 *
 * @param state at the head
 * @param tail recent deltas, ending at the head
 * @param hints what was kept beside the stream
 * @param replayedDeltas how many deltas stand after the snapshot
 * @param replayedBytes their size
 * @param snapshotBytes size of the snapshot; 0 without one
 */
record LoadedWavelet(
        WaveletState state,
        HistoryTail tail,
        Map<String, ByteString> hints,
        int replayedDeltas,
        long replayedBytes,
        long snapshotBytes) {
    LoadedWavelet withTail(HistoryTail other) {
        return new LoadedWavelet(state, other, hints, replayedDeltas, replayedBytes, snapshotBytes);
    }
}
