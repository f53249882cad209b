package io.wavegate.s2s.stream;

import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a stream wants done, in the order given. */
public sealed interface StreamEffect {
    /** Write these bytes. */
    @SuppressWarnings("ArrayRecordComponent") // made once, written once, never compared
    record Write(byte[] bytes) implements StreamEffect {}

    /**
     * Secure the connection from the next byte on. What was read beyond the element that led here goes to TLS as it is and
     * never to an XML parser (spec 6.1.3).
     */
    record StartTls() implements StreamEffect {}

    /** The stream starts anew: a new parser, with this limit in bytes for an element. */
    record Restart(int elementBytes) implements StreamEffect {}

    /** From now on an element may have this many bytes. */
    record LimitElements(int bytes) implements StreamEffect {}

    /** Start the timer, or start it again. */
    record Schedule(StreamTimer timer, Duration delay) implements StreamEffect {}

    /** Start the timer, or start it again, to run out at this moment of the clock that certificates are judged by. */
    record ScheduleAt(StreamTimer timer, Instant moment) implements StreamEffect {}

    /** Stop the timer if it runs. */
    record Cancel(StreamTimer timer) implements StreamEffect {}

    /** Ask the authoritative server of the sender; answered by {@link StreamInput.DialbackAnswered}, always and once. */
    record AskDialback(DialbackQuestion question) implements StreamEffect {}

    /** The answer to the question that this stream was opened to ask. */
    record Verified(DialbackAnswer answer) implements StreamEffect {}

    /** A stanza for us, its addresses checked. */
    record Deliver(DomainPair pair, XmlElement stanza) implements StreamEffect {}

    /** The pair is authenticated: stanzas may pass. */
    record Ready(DomainPair pair, AuthenticatedBy method) implements StreamEffect {}

    /** On a stream that a peer opened: stanzas for this pair's remote domain may go back on it (XEP-0288). */
    record Reverse(DomainPair pair) implements StreamEffect {}

    /** These stanzas were written and are not acknowledged yet: keep them, behind those kept already. */
    record Keep(List<XmlElement> stanzas) implements StreamEffect {}

    /** Whether the peer acknowledges stanzas from now on. */
    record Acknowledging(boolean on) implements StreamEffect {}

    /** So many of the kept stanzas, the oldest, are acknowledged. */
    record Acknowledged(int stanzas) implements StreamEffect {}

    /** These stanzas were not written: the peer does not take stanzas of their size. */
    record TooLarge(Unsent unsent) implements StreamEffect {}

    /** The peer ends the stream after so long a silence of ours (XEP-0478). */
    record PeerIdle(Duration idle) implements StreamEffect {}

    /**
     * The server sends us to another host, there to prove the same domain; {@link End} follows. Only what a server says whose
     * certificate proved the domain, before the stream was ready.
     */
    record SeeOther(String place) implements StreamEffect {}

    /** Something harmless was ignored; for the log. */
    record Ignored(String text) implements StreamEffect {}

    /** A pair of domains was not authenticated, and the stream goes on: why, for an operator. */
    record Refused(String text) implements StreamEffect {}

    /** Flush, then close the connection; the last effect of a stream. */
    record End(StreamEnd end) implements StreamEffect {}
}
