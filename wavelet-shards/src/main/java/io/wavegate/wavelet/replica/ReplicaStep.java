package io.wavegate.wavelet.replica;

import io.wavegate.wavelet.model.AppliedDelta;
import java.util.List;

/** A replica's answer to an input. */
public sealed interface ReplicaStep {
    /**
     * The input is handled.
     *
     * @param next the state, at the last of {@code applied}
     * @param applied what to make durable, in order, before anybody is told of it
     * @param effects what else to do, in order
     */
    record Proceed(ReplicaState next, List<AppliedDelta> applied, List<ReplicaEffect> effects) implements ReplicaStep {
        public Proceed {
            applied = List.copyOf(applied);
            effects = List.copyOf(effects);
        }
    }

    /**
     * Nothing is handled yet: a delta was made at a version before the tail. Read the journal and try again with the same
     * state and input and a longer tail. The distance has been checked against the limits.
     *
     * @param fromVersion the version the tail must reach back to; may prove to be no boundary
     */
    record NeedsHistory(long fromVersion) implements ReplicaStep {}
}
