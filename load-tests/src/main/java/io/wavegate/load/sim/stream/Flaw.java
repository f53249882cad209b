package io.wavegate.load.sim.stream;

/** Deliberate bugs of the seams around the stream machines and of the interpreter, never in the product. */
public enum Flaw {
    /** The peer is told that a stanza is handled when it has arrived (XEP-0198 section 4 forbids it). */
    ACKNOWLEDGE_ON_ARRIVAL,
    /** What was never acknowledged on a stream that broke is not given back to who sent it. */
    FORGET_UNACKNOWLEDGED,
    /** A host that could not be reached once is never tried again. */
    NEVER_AGAIN,
    /** Timers of streams never run out, so that nobody notices a peer that is gone without a word. */
    DEAF_TIMERS
}
