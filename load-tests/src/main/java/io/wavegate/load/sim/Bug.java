package io.wavegate.load.sim;

/** Deliberate bugs, by which the simulation proves that it bites. They live in the simulation's seams, not in the product. */
public enum Bug {
    /** The store writes whatever the head is, as a plain insert does: two owners both succeed. */
    SKIP_FENCE,
    /** An owner whose write was fenced goes on as if it had been written. */
    IGNORE_FENCE,
    /** Submitters, readers and domains are told while the write is still under way. */
    TELL_BEFORE_DURABLE,
    /** A delta that is handed in again is applied again. */
    FORGET_DEDUP,
    /** What was lost while an entity moved is not asked again by the sender. */
    DROP_HAND_OFF_RETRY,
    /** An update is receipted when it has arrived instead of when it is handled. */
    ACK_BEFORE_HANDLED,
    /** A delta made against another history is taken. */
    NO_HASH_CHECK,
    /** An answer with history lacks its last delta. */
    HISTORY_PAGE_OFF_BY_ONE,
    /** Which domains are behind is not kept. */
    LOSE_BEHIND_SET,
    /** A commit notice tells of one version more than there is. */
    COMMIT_NOTICE_AHEAD,
    /** History is given to a domain that has no participant. */
    ANSWER_STRANGERS,
    /**
     * An owner that was cut off or paused never learns that it is none any more, not by a look at the head of the store either,
     * and goes on answering.
     */
    STALE_OWNER,
    /** The hint of what a domain has acknowledged is ahead of what it has. */
    HINT_AHEAD,
    /** A write is acknowledged before it has reached the disk, and lost if the node dies soon after. */
    FORGETFUL_DISK,
    /** Hosts and replicas agree on a transformation that is wrong: an insertion stands one place too far right. */
    WRONG_TRANSFORMATION,
    /** A replica keeps a range of history without its second delta, and goes on behind it. */
    REPLICA_GAP,
    /** What is sent to an entity that stops waits for a new one for ever: that it has stopped is not heard. */
    LOST_STOP,
    /** An edge writes again what it had written and said so. */
    REPLAY_WRITTEN
}
