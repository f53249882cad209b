package io.wavegate.load.check;

/** What an observation is of. */
public enum Kind {
    /** A client handed in a delta; {@code bytesId} is the delta's, {@code sent} counts. Once for each attempt. */
    SUBMITTED,
    /** A client was told that its delta is applied: at {@code version} with {@code hash}. */
    ACKNOWLEDGED,
    /** A client was told that its delta is not applied, and will not be. */
    REFUSED,
    /** A client read a delta: from {@code from} to {@code version} with {@code hash}. */
    READ,
    /** A domain was sent a delta by the wavelet's host, in an update or as history. */
    TOLD,
    /** Somebody was told of a head: {@code version} with {@code hash}. */
    NOTICE,
    /**
     * A delta became durable at the host: known only where the store can be looked into. {@code observer} is the one who
     * wrote it.
     */
    STORED
}
