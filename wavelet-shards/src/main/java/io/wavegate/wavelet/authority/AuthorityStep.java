package io.wavegate.wavelet.authority;

import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.state.WaveletState;

/** What becomes of a submission. */
public sealed interface AuthorityStep {
    /**
     * It applies. Nobody may be told before it is durable.
     *
     * @param delta what to append to the history
     * @param next the wavelet after it
     */
    record Applied(AppliedDelta delta, WaveletState next) implements AuthorityStep {
        /** What to answer when it is durable. */
        public SubmitResult.Applied result() {
            return WaveletAuthority.resultOf(delta);
        }
    }

    /**
     * It has been applied before.
     *
     * @param first the answer of then; durable if the delta that it tells of is
     */
    record Duplicate(SubmitResult.Applied first) implements AuthorityStep {}

    /** It does not apply, and changes nothing. */
    record Refused(Refusal refusal) implements AuthorityStep {}

    /**
     * Undecided: the tail does not reach back to the delta's target. Read the journal and try again with a tail that
     * does. The distance has been checked against the limits.
     *
     * @param fromVersion the version the tail must reach back to; may prove to be no boundary
     */
    record NeedsHistory(long fromVersion) implements AuthorityStep {}
}
