package io.wavegate.s2s;

import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlEvent;
import io.wavegate.s2s.xml.XmlLimits;
import io.wavegate.s2s.xml.XmlWriter;
import io.wavegate.s2s.xml.XmppParser;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Stanzas as text, through the parser and the writer that the wire has. */
public final class Xml {
    private Xml() {}

    /** The one stanza in this text, in the namespace of a stream. */
    public static XmlElement stanza(String xml) {
        XmppParser parser = new XmppParser(XmlLimits.ofBytes(1 << 20));
        parser.feed(new XmlWriter().header(Map.of()).toBytes());
        parser.feed(xml.getBytes(StandardCharsets.UTF_8));
        while (true) {
            XmlEvent event = parser.next().orElseThrow(() -> new AssertionError("incomplete: " + xml));
            if (event instanceof XmlEvent.FirstLevel first) {
                return first.element();
            }
            if (!(event instanceof XmlEvent.StreamOpened)) {
                throw new AssertionError(event + " in " + xml);
            }
        }
    }

    /** Over the wire and back. */
    public static XmlElement again(XmlElement stanza) {
        return stanza(text(stanza));
    }

    /** As it goes over the wire. */
    public static String text(XmlElement stanza) {
        return new String(XmlWriter.write(stanza), StandardCharsets.UTF_8);
    }
}
