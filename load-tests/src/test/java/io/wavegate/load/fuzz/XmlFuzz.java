package io.wavegate.load.fuzz;

import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlEvent;
import io.wavegate.s2s.xml.XmlLimits;
import io.wavegate.s2s.xml.XmlNode;
import io.wavegate.s2s.xml.XmlWriter;
import io.wavegate.s2s.xml.XmppParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Streams. However the bytes are cut, the same comes out; what comes out can be written and read again; and of a stream that
 * is right to its end another parser reads the same names and texts, or somebody could smuggle stanzas (CVE-2022-22784).
 */
public final class XmlFuzz {
    private static final XmlLimits LIMITS = XmlLimits.ofBytes(10_000);
    private static final byte[] HEADER =
            new XmlWriter().header(Map.of("id", "1")).toBytes();
    private static final byte[] END = new XmlWriter().endOfStream().toBytes();

    private XmlFuzz() {}

    /** The first byte says how the rest is cut. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        int piece = input.length == 0 ? 1 : 1 + (input[0] & 0x1F);
        byte[] rest = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        boolean bare = piece == 1;
        byte[] stream = bare ? rest : join(HEADER, rest, END);
        List<XmlEvent> whole = parse(stream, stream.length);
        List<XmlEvent> pieces = parse(stream, piece);
        require(kinds(whole).equals(kinds(pieces)), "cut otherwise, it reads otherwise");
        for (XmlEvent event : whole) {
            if (event instanceof XmlEvent.FirstLevel first) {
                writtenAndReadAgain(first.element());
            } else if (event instanceof XmlEvent.Violation violation) {
                XmlWriter.write(XmlElement.builder("jabber:server", "text")
                        .text(violation.text())
                        .build());
            }
        }
        if (!bare && whole.get(whole.size() - 1) instanceof XmlEvent.StreamClosed && consumedAll(stream)) {
            othersReadTheSame(stream, whole);
        }
    }

    private static List<XmlEvent> parse(byte[] stream, int piece) {
        XmppParser parser = new XmppParser(LIMITS);
        List<XmlEvent> events = new ArrayList<>();
        for (int from = 0; from < stream.length; from += piece) {
            parser.feed(Arrays.copyOfRange(stream, from, Math.min(stream.length, from + piece)));
            for (Optional<XmlEvent> next = parser.next(); next.isPresent(); next = parser.next()) {
                events.add(next.get());
            }
        }
        return events;
    }

    // Behind the end of the stream anything may stand; only another parser would mind.
    private static boolean consumedAll(byte[] stream) {
        XmppParser parser = new XmppParser(LIMITS);
        parser.feed(stream.clone());
        while (parser.next().isPresent()) {
            continue;
        }
        return parser.takeUnread().length == 0;
    }

    private static List<Object> kinds(List<XmlEvent> events) {
        return events.stream()
                .map(event -> event instanceof XmlEvent.Violation violation ? violation.condition() : event)
                .toList();
    }

    private static void writtenAndReadAgain(XmlElement element) {
        if (element.name().namespace().isEmpty()) {
            return;
        }
        byte[] written = XmlWriter.write(element);
        if (written.length < LIMITS.elementBytes()) {
            List<XmlEvent> again = parse(join(HEADER, written, new byte[0]), Integer.MAX_VALUE);
            require(
                    again.size() == 2
                            && again.get(1) instanceof XmlEvent.FirstLevel first
                            && first.element().equals(element),
                    "written and read again it is another element: " + new String(written, StandardCharsets.UTF_8));
        }
    }

    private static void othersReadTheSame(byte[] stream, List<XmlEvent> events) throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        factory.setCoalescing(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        var builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        Element root;
        try {
            root = builder.parse(new ByteArrayInputStream(stream)).getDocumentElement();
        } catch (SAXException | IOException e) {
            throw new IllegalStateException("another parser refuses what we read: " + e.getMessage(), e);
        }
        List<XmlElement> ours = events.stream()
                .filter(XmlEvent.FirstLevel.class::isInstance)
                .map(event -> ((XmlEvent.FirstLevel) event).element())
                .toList();
        require(shape(root).equals(ours.stream().map(XmlFuzz::shape).toList()), "another parser reads otherwise");
    }

    private static List<Object> shape(Element parent) {
        List<Object> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                String namespace = element.getNamespaceURI() == null ? "" : element.getNamespaceURI();
                children.add(List.of(namespace, element.getLocalName(), shape(element)));
            } else if (!(parent.getParentNode() instanceof org.w3c.dom.Document)) {
                children.add(node.getNodeValue());
            }
        }
        return children;
    }

    private static Object shape(XmlElement element) {
        List<Object> children = new ArrayList<>();
        for (XmlNode node : element.children()) {
            children.add(node instanceof XmlElement child ? shape(child) : ((XmlNode.Text) node).value());
        }
        return List.of(element.name().namespace(), element.name().local(), children);
    }

    private static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
