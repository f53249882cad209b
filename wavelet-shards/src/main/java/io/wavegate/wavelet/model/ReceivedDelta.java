package io.wavegate.wavelet.model;

import com.google.protobuf.ByteString;

/**
 * An applied delta as a host sent it: parsed, nothing about it checked (spec section 4).
 *
 * @param bytes the exact ProtocolAppliedWaveletDelta: what the hash chain covers
 * @param signed the signed original
 * @param original what the author submitted
 * @param appliedAt where the host says it applied it; the original's target if the host left that out
 * @param operationsApplied how many operations the host says it counted
 * @param timestampMillis when the host says it applied it, milliseconds since the epoch
 */
public record ReceivedDelta(
        ByteString bytes,
        SignedDelta signed,
        WaveletDelta original,
        HashedVersion appliedAt,
        int operationsApplied,
        long timestampMillis) {

    /** The version after it, if it is what it claims. Its hash needs no history: only {@link #appliedAt}. */
    public HashedVersion claimedResult() {
        return HashChain.next(appliedAt, bytes, operationsApplied);
    }
}
