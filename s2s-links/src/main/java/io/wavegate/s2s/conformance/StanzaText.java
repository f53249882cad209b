package io.wavegate.s2s.conformance;

import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlEvent;
import io.wavegate.s2s.xml.XmlLimits;
import io.wavegate.s2s.xml.XmlWriter;
import io.wavegate.s2s.xml.XmppParser;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Reads one stanza from text with the parser that reads streams. */
final class StanzaText {
    private static final int MAX_BYTES = 1 << 20;

    private StanzaText() {}

    /** The stanza, or empty if the text is none. */
    static Optional<XmlElement> read(String text) {
        XmppParser parser = new XmppParser(XmlLimits.ofBytes(MAX_BYTES));
        parser.feed(new XmlWriter().header(Map.of()).toBytes());
        parser.feed(text.getBytes(StandardCharsets.UTF_8));
        Optional<XmlEvent> event = parser.next();
        while (event.isPresent()) {
            if (event.get() instanceof XmlEvent.FirstLevel first) {
                return Optional.of(first.element());
            }
            event = parser.next();
        }
        return Optional.empty();
    }
}
