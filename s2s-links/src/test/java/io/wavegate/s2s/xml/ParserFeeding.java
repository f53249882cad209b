package io.wavegate.s2s.xml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Ways to feed a parser. */
final class ParserFeeding {
    static final String HEADER =
            "<?xml version='1.0'?><stream:stream xmlns='jabber:server' xmlns:db='jabber:server:dialback'"
                    + " xmlns:stream='http://etherx.jabber.org/streams' from='a.example' to='b.example' id='7' version='1.0'>";

    private ParserFeeding() {}

    static List<XmlEvent> parse(String input, int bytesAtATime, XmlLimits limits) {
        return parse(input.getBytes(StandardCharsets.UTF_8), bytesAtATime, limits);
    }

    static List<XmlEvent> parse(byte[] input, int bytesAtATime, XmlLimits limits) {
        XmppParser parser = new XmppParser(limits);
        List<XmlEvent> events = new ArrayList<>();
        for (int from = 0; from < input.length; from += bytesAtATime) {
            parser.feed(Arrays.copyOfRange(input, from, Math.min(input.length, from + bytesAtATime)));
            for (Optional<XmlEvent> event = parser.next(); event.isPresent(); event = parser.next()) {
                events.add(event.get());
            }
        }
        return events;
    }

    /** The one first-level element of a stream with these bytes in it. */
    static XmlElement element(byte[] bytes) {
        byte[] header = HEADER.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(header, header.length + bytes.length);
        System.arraycopy(bytes, 0, all, header.length, bytes.length);
        List<XmlEvent> events = parse(all, all.length, XmlLimits.ofBytes(10_000_000));
        if (events.size() == 2 && events.get(1) instanceof XmlEvent.FirstLevel first) {
            return first.element();
        }
        throw new AssertionError("not one element: " + events);
    }
}
