package io.wavegate.load.sim.stream;

import io.wavegate.s2s.stream.DialbackAnswer;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;

/** Told how a stream fares. */
interface StreamEvents {
    /** The other side's first element came. */
    default void heard() {}

    /** Stanzas of the pair may pass. */
    void ready(Connection stream, DomainPair pair);

    /** Stanzas may go back to the pair's remote domain on this stream, which it opened. */
    default void wayBack(Connection stream, DomainPair pair) {}

    /** The question that the stream was opened for is answered. */
    default void verified(DialbackAnswer answer) {}

    /** The stream is over; told once. */
    void ended(StreamEnd end);
}
