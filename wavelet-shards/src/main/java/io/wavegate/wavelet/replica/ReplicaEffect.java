package io.wavegate.wavelet.replica;

import io.wavegate.wavelet.model.HashedVersion;

/** What the shell of a replica is to do, in order, after the deltas of the step are durable. */
public sealed interface ReplicaEffect {
    /**
     * Ask the host for history. One request is under way at most; its outcome comes back as
     * {@link ReplicaInput.HistoryReply} or {@link ReplicaInput.HistoryFailed}.
     *
     * @param from our version
     * @param to a later boundary that the host has told of
     */
    record AskHistory(HashedVersion from, HashedVersion to) implements ReplicaEffect {}

    /** What the host told contradicts our history: tell the operator. Our state is kept, and still served. */
    record Quarantined(Evidence evidence) implements ReplicaEffect {}

    /**
     * The host has since told something that continues our history: the contradiction was not in it.
     *
     * @param evidence of what was contradicted
     */
    record Healed(Evidence evidence) implements ReplicaEffect {}

    /**
     * Ask the host for history from an earlier boundary of ours. Its outcome comes back as {@link
     * ReplicaInput.EarlierTold}, {@link ReplicaInput.EarlierRefused} or, if there is none, {@link
     * ReplicaInput.HistoryFailed}. Never at the same time as {@link AskHistory}.
     *
     * @param atOrBelow from our last boundary that is not later than this
     * @param to a boundary that the host has told of, later than that
     */
    record AskEarlier(long atOrBelow, HashedVersion to) implements ReplicaEffect {}

    /**
     * See whether a boundary that the host has told of is one of ours; it is older than the tail. Comes back as {@link
     * ReplicaInput.BoundaryChecked}.
     */
    record CheckBoundary(HashedVersion claimed) implements ReplicaEffect {}

    /**
     * The host's history has left ours: fetch it from there and put it in the place of ours. Until that is done, or {@link
     * ReplicaInput.NotReplaced}, our state does not change.
     *
     * @param common the last boundary of both
     * @param to a boundary of the host's history after it
     */
    record Replace(HashedVersion common, HashedVersion to) implements ReplicaEffect {}
}
