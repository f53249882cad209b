package io.wavegate.s2s.wire;

import io.wavegate.s2s.stream.AuthenticatedBy;
import io.wavegate.s2s.stream.DialbackAnswer;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;

/** Told by a connection's loop how its stream fares. */
public interface StreamEvents {
    /** The other side's first element came, which is its stream header if all is well; told once. */
    default void heard() {}

    /** Stanzas of the pair may pass. */
    void ready(StreamConnection stream, DomainPair pair, AuthenticatedBy method);

    /** Stanzas may go back to the pair's remote domain on this stream, which it opened. */
    default void wayBack(StreamConnection stream, DomainPair pair) {}

    /** The server sends us to another host, and ends the stream. */
    default void seeOther(String place) {}

    /** The question that the stream was opened for is answered. */
    default void verified(DialbackAnswer answer) {}

    /** A pair was not authenticated; the stream goes on. */
    default void refused(String text) {}

    /** Something harmless was ignored; for the log. */
    default void ignored(String text) {}

    /** The stream is over; told once. */
    void ended(StreamEnd end);
}
