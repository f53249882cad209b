package io.wavegate.s2s.xml;

import java.io.IOException;
import java.util.Map;

/**
 * An element as bytes for another node: a whole stream with that one child, since nothing else binds the prefixes that the
 * writer uses. Pieces of text side by side come back as one.
 */
public final class ElementBytes {
    /**
     * Only what another node of ours wrote is read, and that passed the limits of a stream when it came; written again it
     * may be longer (a character reference for one character), never deeper.
     */
    private static final XmlLimits LIMITS = new XmlLimits(16 * 1024 * 1024, 70, 128, 64, 2048);

    private ElementBytes() {}

    /** The bytes. */
    public static byte[] write(XmlElement element) {
        return new XmlWriter().header(Map.of()).element(element).toBytes();
    }

    /** @throws IOException if that is no element of a node of ours */
    public static XmlElement read(byte[] bytes) throws IOException {
        XmppParser parser = new XmppParser(LIMITS);
        parser.feed(bytes);
        XmlEvent header = next(parser);
        XmlEvent event = next(parser);
        if (header instanceof XmlEvent.StreamOpened && event instanceof XmlEvent.FirstLevel first) {
            return first.element();
        }
        throw new IOException("Not an element of a node of ours: " + event);
    }

    private static XmlEvent next(XmppParser parser) throws IOException {
        return parser.next().orElseThrow(() -> new IOException("An element from another node is cut short"));
    }
}
