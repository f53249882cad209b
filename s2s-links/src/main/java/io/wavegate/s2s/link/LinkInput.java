package io.wavegate.s2s.link;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;

/** What can happen to a link. */
public sealed interface LinkInput {
    /** A wavelet asks something; {@code token} names it in {@link LinkEffect.Complete}. */
    record Ask(long token, OutboundRequest request) implements LinkInput {}

    /** An answer of ours to what the peer asked is to be sent. */
    record Say(DomainPair pair, XmlElement stanza) implements LinkInput {}

    /** The peer answered something: a result, an error, a receipt. {@code id} is what it answers. */
    record Answer(String id, XmlElement stanza) implements LinkInput {}

    /** The peer sent something else: a sign of life. */
    record Heard() implements LinkInput {}

    /**
     * Does this address speak for the remote domain? Answered by {@link LinkEffect.Confirm}.
     *
     * @param find look for the domain's wave service if it is not known; else answer from what is known
     */
    record Confirm(long token, String address, boolean find) implements LinkInput {}

    /**
     * Stanzas of a component are to be passed on; {@code token} names them in {@link LinkEffect.Relayed}.
     *
     * @param bytes how large they are together, about
     */
    record Relay(long token, List<XmlElement> stanzas, long bytes) implements LinkInput {}

    /** Wavelets are known to be behind: see that the peer becomes reachable. */
    record Behind() implements LinkInput {}

    /** An operator wants the peer to be looked for now, whatever is believed of it. */
    record RetryNow() implements LinkInput {}

    /** An operator wants the streams closed. */
    record CloseStreams() implements LinkInput {}

    /**
     * A stream asked for is open.
     *
     * @param acknowledged whether losses on it show by themselves (XEP-0198)
     * @param silentMillis for how long nothing has come on it: a way back on a stream of the peer's may be old
     */
    record StreamOpened(DomainPair pair, long stream, boolean acknowledged, long silentMillis) implements LinkInput {}

    /**
     * A stream is open that nobody asked for since the link began: it was left by whoever had the link before.
     *
     * @param acknowledged as with {@link StreamOpened}
     * @param silentMillis as with {@link StreamOpened}
     */
    record StreamFound(DomainPair pair, long stream, boolean acknowledged, long silentMillis) implements LinkInput {
        /** The same as a stream that was asked for. */
        StreamOpened asOpened() {
            return new StreamOpened(pair, stream, acknowledged, silentMillis);
        }
    }

    /** The edge that has a stream will go: another stream should take its place, and it be closed then. */
    record StreamLeaving(DomainPair pair, long stream) implements LinkInput {}

    /** The peer opened a stream on which we may send back (XEP-0288). */
    record WayBack(DomainPair pair) implements LinkInput {}

    /** Of what was sent last on a stream, these were not: the peer does not take their size. */
    record TooLarge(DomainPair pair, Unsent unsent) implements LinkInput {}

    /** A stream asked for could not be opened. */
    record StreamFailed(DomainPair pair, StreamEnd end) implements LinkInput {}

    /**
     * A stream has ended that was open, whether or not the link still used it. Told once.
     *
     * @param unacknowledged what was sent on it and, as far as the peer said, never handled
     */
    record StreamEnded(DomainPair pair, long stream, StreamEnd end, List<XmlElement> unacknowledged)
            implements LinkInput {
        public StreamEnded {
            unacknowledged = List.copyOf(unacknowledged);
        }
    }

    /** What was sent last on a stream is with the socket. */
    record Sent(DomainPair pair, long stream) implements LinkInput {}

    /** Time has passed: {@link LinkCore#nextWakeMillis} has come. */
    record Tick() implements LinkInput {}
}
