package io.wavegate.wavelet.codec;

/**
 * Bounds on what is read, each checked before the work it bounds.
 *
 * @param maxDeltaBytes serialized size of one delta, bytes
 * @param maxOperations operations in one delta
 * @param maxComponents document operation components in one delta, all operations together
 */
public record CodecLimits(int maxDeltaBytes, int maxOperations, int maxComponents) {
    /** Room for a large paste, not for a disk image. */
    public static final CodecLimits DEFAULTS = new CodecLimits(1024 * 1024, 10_000, 100_000);

    /** For what we stored ourselves: it has passed limits before. */
    public static final CodecLimits NONE = new CodecLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    public CodecLimits {
        if (maxDeltaBytes < 1 || maxOperations < 1 || maxComponents < 1) {
            throw new IllegalArgumentException("limits of deltas must be positive: " + maxDeltaBytes + " bytes, "
                    + maxOperations + " operations, " + maxComponents + " components");
        }
    }
}
