package io.wavegate.wavelet.replica;

import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ReceivedDelta;
import java.util.List;

/** What happens to a replica. All of it comes from the wavelet's host, authenticated as such. */
public sealed interface ReplicaInput {
    /**
     * Applied deltas of an update, in any order, repeated or with gaps.
     *
     * @param deltas signatures verified
     */
    record Deltas(List<ReceivedDelta> deltas) implements ReplicaInput {
        public Deltas {
            deltas = List.copyOf(deltas);
        }
    }

    /** The host has stored its history up to here; so it has at least that much. */
    record CommitNotice(HashedVersion committed) implements ReplicaInput {}

    /**
     * The answer to {@link ReplicaEffect.AskHistory}; possibly only the beginning of what was asked for.
     *
     * @param deltas signatures verified
     */
    record HistoryReply(List<ReceivedDelta> deltas) implements ReplicaInput {
        public HistoryReply {
            deltas = List.copyOf(deltas);
        }
    }

    /**
     * There is no answer, or one that could not be used.
     *
     * @param refused the host answered that it has no such history: either what made us ask was not true, or our own
     *     history is not the host's
     */
    record HistoryFailed(boolean refused) implements ReplicaInput {}

    /** Time to try again: the host answers again, or somebody looks. */
    record Retry() implements ReplicaInput {}

    /**
     * The answer to {@link ReplicaEffect.AskEarlier}.
     *
     * @param from the boundary of ours that was asked from
     * @param told signatures verified
     * @param ours what we have from there on, possibly less or more than was told
     */
    record EarlierTold(HashedVersion from, List<ReceivedDelta> told, List<AppliedDelta> ours) implements ReplicaInput {
        public EarlierTold {
            told = List.copyOf(told);
            ours = List.copyOf(ours);
        }
    }

    /** The host does not know this boundary of ours, or not what was to be asked for. */
    record EarlierRefused(HashedVersion from) implements ReplicaInput {}

    /**
     * The answer to {@link ReplicaEffect.CheckBoundary}.
     *
     * @param ours true if it is a boundary of ours with this hash
     */
    record BoundaryChecked(HashedVersion claimed, boolean ours) implements ReplicaInput {}

    /** What {@link ReplicaEffect.Replace} was to fetch could not be had, or may not be fetched now. */
    record NotReplaced() implements ReplicaInput {}
}
