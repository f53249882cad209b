package io.wavegate.s2s.xml;

/** What a stream's bytes amount to. */
public sealed interface XmlEvent {
    /** The root's start tag. */
    record StreamOpened(StreamHeader header) implements XmlEvent {}

    /**
     * A complete child of the root.
     *
     * @param element the element
     * @param bytes its length as received
     */
    record FirstLevel(XmlElement element, int bytes) implements XmlEvent {}

    /** The root's end tag. */
    record StreamClosed() implements XmlEvent {}

    /**
     * Input that ends the stream; nothing follows it.
     *
     * @param condition what to tell the peer
     * @param text what was wrong, without the offending input
     */
    record Violation(StreamErrorCondition condition, String text) implements XmlEvent {}
}
