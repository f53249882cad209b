package io.wavegate.wavelet.model;

import com.google.protobuf.ByteString;
import java.util.List;

/**
 * A delta as it stands in a wavelet's history, hosted or replicated: checked, applied.
 *
 * @param appliedAt the version it applied at
 * @param result the version after it
 * @param author its author
 * @param operations as applied: after transformation
 * @param timestampMillis when the host applied it, milliseconds since the epoch
 * @param bytes the exact ProtocolAppliedWaveletDelta: what the hash chain covers
 * @param payloadHash SHA-256 of the ProtocolWaveletDelta that was signed: how a submitter knows its own
 * @param transformed whether {@link #operations} differ from what was signed
 * @param signerIds of its signatures, in order
 */
public record AppliedDelta(
        HashedVersion appliedAt,
        HashedVersion result,
        ParticipantId author,
        List<WaveletOperation> operations,
        long timestampMillis,
        ByteString bytes,
        ByteString payloadHash,
        boolean transformed,
        List<ByteString> signerIds) {
    public AppliedDelta {
        operations = List.copyOf(operations);
        signerIds = List.copyOf(signerIds);
        if (appliedAt.version() + operations.size() != result.version()) {
            throw new IllegalArgumentException(
                    operations.size() + " operations do not lead from " + appliedAt + " to " + result);
        }
    }

    /** How many versions it counts. */
    public int operationsApplied() {
        return operations.size();
    }
}
