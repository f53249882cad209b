package io.wavegate.s2s.wire;

import io.wavegate.s2s.stream.StreamInput;
import io.wavegate.s2s.xml.XmlEvent;
import io.wavegate.s2s.xml.XmlLimits;
import io.wavegate.s2s.xml.XmppParser;
import java.util.Optional;

/**
 * What comes on a connection: bytes to events, one after the other, and the end of the stream held back while what came before
 * it is not dealt with. On the connection's loop alone.
 */
final class Arrivals {
    private final InboundFlow inbound;
    private final HeldEnd heldEnd;
    private final Listener listener;
    private XmppParser parser = new XmppParser(XmlLimits.ofBytes(1));
    private boolean heard;
    private int elementBytes;

    /** Who takes the events. */
    interface Listener {
        /** The first event came. */
        void heard();

        void received(StreamInput.Received event);

        /** Whether events are of no interest any more. */
        boolean isOver();

        /** Whether the end of the stream is to wait for what came before it. */
        boolean holdsEnd();
    }

    /** @param inbound to which events lead to stanzas being added */
    Arrivals(InboundFlow inbound, HeldEnd heldEnd, Listener listener) {
        this.inbound = inbound;
        this.heldEnd = heldEnd;
        this.listener = listener;
    }

    /** Takes bytes, and hands over what they complete. */
    void feed(byte[] bytes) {
        parser.feed(bytes);
        for (Optional<XmlEvent> event = parser.next(); event.isPresent() && !listener.isOver(); event = parser.next()) {
            if (!heard) {
                heard = true;
                listener.heard();
            }
            elementBytes = event.get() instanceof XmlEvent.FirstLevel first ? first.bytes() : 0;
            if (elementBytes == 0) {
                // What came before the end counts as handled before it, if it is.
                inbound.handOver();
            }
            StreamInput.Received received = new StreamInput.Received(event.get());
            if (event.get() instanceof XmlEvent.StreamClosed && listener.holdsEnd()) {
                heldEnd.hold(() -> listener.received(received));
                break;
            }
            listener.received(received);
        }
        inbound.handOver();
    }

    /** How many bytes the element had that is being dealt with. */
    int elementBytes() {
        return elementBytes;
    }

    void limitElementBytes(int bytes) {
        parser.limitElementBytes(bytes);
    }

    /** The stream starts anew; what has come already belongs to the new one. */
    void restart(int limit) {
        byte[] unread = parser.takeUnread();
        parser = new XmppParser(XmlLimits.ofBytes(limit));
        if (unread.length > 0) {
            parser.feed(unread);
        }
    }

    /** What has come and is not read; it is not read here any more. */
    byte[] takeUnread() {
        return parser.takeUnread();
    }
}
