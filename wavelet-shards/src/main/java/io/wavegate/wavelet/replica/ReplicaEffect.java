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
}
