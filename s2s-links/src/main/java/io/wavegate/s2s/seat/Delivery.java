package io.wavegate.s2s.seat;

/** What became of stanzas for a component. */
public enum Delivery {
    /** They are with the component's socket. */
    WRITTEN,
    /** Too much waits for the component; they were not written. */
    FULL,
    /** The connection is gone; they may or may not have arrived. */
    GONE
}
