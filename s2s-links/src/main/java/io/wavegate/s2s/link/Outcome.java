package io.wavegate.s2s.link;

import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.xml.XmlElement;

/** What became of an {@link OutboundRequest}. */
public sealed interface Outcome {
    /** The peer answered by a result or a receipt. */
    record Answered(XmlElement stanza) implements Outcome {}

    /** The peer answered by an error. */
    record Refused(StanzaError error) implements Outcome {}

    /**
     * Not sent, or no answer in time: it may or may not have been handled.
     *
     * @param text thing, cause and next step
     */
    record Unreachable(String text) implements Outcome {}

    /** Not sent: the peer takes no stanza of more than so many bytes. */
    record TooLarge(int maxBytes) implements Outcome {}

    /** Not sent: too much is under way. */
    record Overloaded(String text) implements Outcome {}
}
