package io.wavegate.wavelet.authority;

import io.wavegate.wavelet.codec.CodecLimits;

/**
 * What a submission may cost.
 *
 * @param delta bounds on the delta itself
 * @param maxLateDeltas over how many later deltas one is transformed at most
 * @param maxLateOperations how many versions back its target may be at most: checked before any history is read
 * @param maxTransformWork how many document operation components may pass through transformations for it, both sides
 *     counted
 */
public record AuthorityLimits(CodecLimits delta, int maxLateDeltas, long maxLateOperations, long maxTransformWork) {
    /** Generous to a person who was offline for a while; some hundred milliseconds of work at worst. */
    public static final AuthorityLimits DEFAULTS = new AuthorityLimits(CodecLimits.DEFAULTS, 10_000, 50_000, 2_000_000);

    public AuthorityLimits {
        if (maxLateDeltas < 1 || maxLateOperations < 1 || maxTransformWork < 1) {
            throw new IllegalArgumentException("limits of late deltas must be positive: " + maxLateDeltas + " deltas, "
                    + maxLateOperations + " operations, work of " + maxTransformWork);
        }
    }
}
