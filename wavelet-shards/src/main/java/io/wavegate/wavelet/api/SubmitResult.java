package io.wavegate.wavelet.api;

import io.wavegate.wavelet.model.HashedVersion;

/** What became of a submitted delta. */
public sealed interface SubmitResult {
    /**
     * Applied and durable, now or when it was first submitted.
     *
     * @param version the version after it
     * @param operationsApplied how many operations it counted
     * @param timestampMillis when the host applied it, milliseconds since the epoch
     */
    record Applied(HashedVersion version, int operationsApplied, long timestampMillis) implements SubmitResult {}

    /** Not applied, or (for the reasons that say so) with unknown outcome. */
    record Refused(Refusal refusal) implements SubmitResult {}
}
