package io.wavegate.load.check;

/** What must hold. */
public enum Statement {
    /** Any two observed histories are prefixes of one another, and what was acknowledged before another was sent precedes it. */
    TOTAL_ORDER,
    /** Whoever has a version has it with the same hash. */
    HASH_AGREEMENT,
    /** What was acknowledged or told to anybody is in the history for ever, and was durable before. */
    DURABILITY,
    /** A signed delta is in the history at most once, and all its answers are the first one. */
    AT_MOST_ONCE,
    /** Each delta is what transformation makes of a signed original, by a participant; versions are contiguous. */
    VALIDITY,
    /** When faults stop, all domains with participants have all of the history, and every submit has its answer. */
    CONVERGENCE,
    /** Nothing of a wavelet goes to a domain that had no participant by then. */
    ISOLATION
}
