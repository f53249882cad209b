package io.wavegate.s2s.xml;

import static io.wavegate.s2s.xml.StreamErrorCondition.NOT_WELL_FORMED;
import static io.wavegate.s2s.xml.StreamErrorCondition.RESTRICTED_XML;
import static io.wavegate.s2s.xml.StreamErrorCondition.UNSUPPORTED_ENCODING;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.UncheckedStreamException;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Builds elements from the bytes that the framer has passed. The names an XML parser has met stay in its symbol table, so on
 * a stream that lives for weeks a peer could fill our memory with invented names; therefore the parser is replaced between
 * two elements now and then, the new one starting from a header with the same namespace declarations.
 */
final class XmlTree {
    /** Bytes after which the parser is replaced; at worst a quarter of a million short names. */
    private static final long BYTES_PER_PARSER = 1 << 20;

    /** How much of the parser's own words we repeat. */
    private static final int MAX_TEXT = 200;

    private final XmlLimits limits;
    private final String content;
    private final Deque<OpenElement> open = new ArrayDeque<>();
    private AsyncXMLStreamReader<AsyncByteArrayFeeder> reader = newReader();
    private byte @Nullable [] sameHeader;
    private @Nullable XmlEvent ready;
    private boolean replaying;
    private long read;

    XmlTree(XmlLimits limits, String content) {
        this.limits = limits;
        this.content = content;
    }

    void feed(byte[] input, int offset, int length) throws XmlViolationException {
        read += length;
        try {
            reader.getInputFeeder().feedInput(input, offset, length);
            for (int event = next(); event != AsyncXMLStreamReader.EVENT_INCOMPLETE; event = next()) {
                take(event);
            }
        } catch (XMLStreamException | UncheckedStreamException e) {
            // Text is read when it is asked for; what is wrong with it comes unchecked.
            throw violation(e);
        }
    }

    /** Some of what is not well-formed makes the parser itself fail, an element with the prefix {@code xmlns} for one. */
    private int next() throws XMLStreamException, XmlViolationException {
        try {
            return reader.next();
        } catch (UncheckedStreamException e) {
            throw e;
        } catch (RuntimeException e) {
            throw violation(e);
        }
    }

    /** The event that has to be complete now. */
    XmlEvent at(XmlFramer.Boundary boundary, int bytes) throws XmlViolationException {
        XmlEvent event = ready;
        ready = null;
        if (boundary == XmlFramer.Boundary.STREAM && event instanceof XmlEvent.StreamClosed) {
            return event;
        }
        if (boundary == XmlFramer.Boundary.HEADER && event instanceof XmlEvent.StreamOpened) {
            return event;
        }
        if (boundary == XmlFramer.Boundary.ELEMENT && event instanceof XmlEvent.FirstLevel element) {
            replaceParser();
            return new XmlEvent.FirstLevel(element.element(), bytes);
        }
        throw new XmlViolationException(NOT_WELL_FORMED, "tags that do not match");
    }

    private void take(int event) throws XMLStreamException, XmlViolationException {
        switch (event) {
            case XMLStreamConstants.START_DOCUMENT -> checkDeclaration();
            case XMLStreamConstants.START_ELEMENT -> startElement();
            case XMLStreamConstants.END_ELEMENT -> endElement();
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> text();
            case XMLStreamConstants.END_DOCUMENT -> {}
            default -> throw new XmlViolationException(RESTRICTED_XML, "reference to an entity, or other markup");
        }
    }

    private void checkDeclaration() throws XmlViolationException {
        String version = reader.getVersion();
        String encoding = reader.getCharacterEncodingScheme();
        if (version != null && !version.equals("1.0")) {
            throw new XmlViolationException(UNSUPPORTED_ENCODING, "XML version is not 1.0");
        }
        if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
            throw new XmlViolationException(UNSUPPORTED_ENCODING, "encoding is not UTF-8");
        }
    }

    private void startElement() throws XmlViolationException {
        if (replaying) {
            replaying = false;
            return;
        }
        StartTag tag = StartTag.read(reader, limits);
        if (open.isEmpty() && sameHeader == null) {
            sameHeader = tag.declarationsOnly().getBytes(StandardCharsets.UTF_8);
            ready = new XmlEvent.StreamOpened(tag.header());
        } else {
            open.push(new OpenElement(asOfServer(tag)));
        }
    }

    private StartTag asOfServer(StartTag tag) {
        OpenElement parent = open.peek();
        boolean foreign = parent != null && !parent.isIn(Xmlns.SERVER);
        return foreign || !tag.name().namespace().equals(content) ? tag : tag.in(Xmlns.SERVER);
    }

    private void endElement() throws XmlViolationException {
        if (ready instanceof XmlEvent.FirstLevel) {
            throw new XmlViolationException(NOT_WELL_FORMED, "tags that do not match");
        }
        if (open.isEmpty()) {
            ready = new XmlEvent.StreamClosed();
            return;
        }
        XmlElement element = open.pop().close();
        Optional.ofNullable(open.peek())
                .ifPresentOrElse(parent -> parent.child(element), () -> ready = new XmlEvent.FirstLevel(element, 0));
    }

    private void text() throws XMLStreamException {
        OpenElement parent = open.peek();
        if (parent != null) {
            parent.text(reader.getText());
        }
    }

    private void replaceParser() throws XmlViolationException {
        byte[] header = sameHeader;
        if (read < BYTES_PER_PARSER || header == null) {
            return;
        }
        reader = newReader();
        replaying = true;
        read = 0;
        feed(header, 0, header.length);
    }

    /** The parser quotes what it met: that goes to the peer and into the log, so it is short and has no surprises. */
    private static XmlViolationException violation(Exception e) {
        String message = String.valueOf(e.getMessage());
        // It fails on most encodings that it does not know before it tells of the declaration.
        boolean encoding = message.startsWith("Unsupported encoding");
        String text = message.substring(0, Math.min(message.length(), MAX_TEXT))
                .lines()
                .findFirst()
                .orElse("");
        return new XmlViolationException(
                encoding ? UNSUPPORTED_ENCODING : NOT_WELL_FORMED, text.replaceAll("[^ -~]", "?"));
    }

    /** A factory of its own for each: factories share one symbol table among all their parsers. */
    private static AsyncXMLStreamReader<AsyncByteArrayFeeder> newReader() {
        InputFactoryImpl factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory.createAsyncForByteArray();
    }
}
