package io.wavegate.wavelet.api;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletOperation;
import java.util.List;

/**
 * Durable deltas of a wavelet in the host's order, as applied.
 *
 * @param deltas possibly none, if the wait ended first
 * @param head the wavelet's durable head
 */
public record DeltaPage(List<Delta> deltas, HashedVersion head) {
    public DeltaPage {
        deltas = List.copyOf(deltas);
    }

    /**
     * One delta as applied.
     *
     * @param appliedAt the version it applied at
     * @param author its author
     * @param operations the operations after transformation
     * @param result the version after it
     * @param timestampMillis when the host applied it
     * @param signedBytesHash SHA-256 of the signed original delta's bytes: how a submitter knows its own
     */
    public record Delta(
            long appliedAt,
            ParticipantId author,
            List<WaveletOperation> operations,
            HashedVersion result,
            long timestampMillis,
            ByteString signedBytesHash) {
        public Delta {
            operations = List.copyOf(operations);
        }
    }
}
