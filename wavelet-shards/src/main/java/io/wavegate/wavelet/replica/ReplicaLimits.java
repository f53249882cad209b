package io.wavegate.wavelet.replica;

/**
 * What a host may make a replica spend.
 *
 * @param maxPendingDeltas deltas ahead of a gap that are kept; those furthest ahead are dropped, history brings them back
 * @param maxPendingBytes their serialized size together, bytes
 * @param maxLateOperations how many versions before the one it applied at a delta may have been made
 * @param maxTransformWork how many components of document operations may pass through transformations for one delta
 */
public record ReplicaLimits(int maxPendingDeltas, long maxPendingBytes, long maxLateOperations, long maxTransformWork) {
    /** Wider than what we accept as a host: what another host has accepted we cannot refuse without falling behind. */
    public static final ReplicaLimits DEFAULTS = new ReplicaLimits(1_000, 8 * 1024 * 1024, 200_000, 20_000_000);

    public ReplicaLimits {
        if (maxPendingDeltas < 1 || maxPendingBytes < 1 || maxLateOperations < 1 || maxTransformWork < 1) {
            throw new IllegalArgumentException("limits of replicas must be positive: " + maxPendingDeltas + " deltas, "
                    + maxPendingBytes + " bytes, " + maxLateOperations + " operations, work of " + maxTransformWork);
        }
    }
}
