package io.wavegate.s2s.xml;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes elements as children of a {@code jabber:server} stream whose header binds {@code stream:} and {@code db:}. Those two
 * prefixes are written literally, because some servers compare them and not the namespaces; everything else declares its
 * namespace as the default one where it differs from its parent's.
 */
public final class XmlWriter {
    /** Room for one stanza at first, in characters. */
    private static final int USUAL_STANZA = 512;

    private final StringBuilder out;

    public XmlWriter() {
        this(USUAL_STANZA);
    }

    private XmlWriter(int room) {
        out = new StringBuilder(room);
    }

    /** The bytes of one first-level element. */
    public static byte[] write(XmlElement element) {
        return new XmlWriter().element(element).toBytes();
    }

    /** The bytes of several first-level elements, in order. */
    public static byte[] write(List<XmlElement> elements) {
        XmlWriter writer = new XmlWriter(elements.size() * USUAL_STANZA);
        elements.forEach(writer::element);
        return writer.toBytes();
    }

    /** Appends a stream header with these attributes ({@code xml:lang} among them by that name), in order. */
    public XmlWriter header(Map<String, String> attributes) {
        return header(Xmlns.SERVER, attributes);
    }

    /**
     * The same for a stream of another content namespace. Elements of {@code jabber:server} that follow are in it, since
     * they are written without a declaration.
     */
    public XmlWriter header(String content, Map<String, String> attributes) {
        out.append("<?xml version='1.0'?><stream:stream xmlns='").append(content);
        out.append("' xmlns:stream='").append(Xmlns.STREAM);
        out.append("' xmlns:db='").append(Xmlns.DIALBACK).append('\'');
        attributes.forEach(this::attribute);
        out.append('>');
        return this;
    }

    /** Appends a first-level element. */
    public XmlWriter element(XmlElement element) {
        element(element, Xmlns.SERVER);
        return this;
    }

    /**
     * Appends a first-level element if it has no more than so many bytes.
     *
     * @return false if it has, and nothing was appended
     */
    public boolean elementWithin(XmlElement element, int maxBytes) {
        int start = out.length();
        element(element);
        if (bytesFit(start, maxBytes)) {
            return true;
        }
        out.setLength(start);
        return false;
    }

    /** Appends a space between first-level elements, which keeps a connection alive (RFC 6120 section 4.6.1). */
    public XmlWriter space() {
        out.append(' ');
        return this;
    }

    /** Appends the end tag of the stream. */
    public XmlWriter endOfStream() {
        out.append("</stream:stream>");
        return this;
    }

    /** What was appended so far, in UTF-8. */
    public byte[] toBytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A char is one to three bytes, so most are not looked at one by one. */
    private boolean bytesFit(int start, int maxBytes) {
        int chars = out.length() - start;
        if (chars > maxBytes) {
            return false;
        } else if (chars <= maxBytes / 3) {
            return true;
        }
        int bytes = chars;
        for (int i = start; i < out.length() && bytes <= maxBytes; i++) {
            char c = out.charAt(i);
            // A pair of surrogates is four bytes: two for each.
            bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return bytes <= maxBytes;
    }

    private void element(XmlElement element, String parentDefault) {
        String namespace = element.name().namespace();
        String prefix = prefix(namespace);
        String name = prefix + element.name().local();
        String inner = parentDefault;
        out.append('<').append(name);
        if (prefix.isEmpty() && !namespace.equals(parentDefault)) {
            attribute("xmlns", namespace);
            inner = namespace;
        }
        attributes(element.attributes());
        if (element.children().isEmpty()) {
            out.append("/>");
            return;
        }
        out.append('>');
        for (XmlNode child : element.children()) {
            if (child instanceof XmlElement nested) {
                element(nested, inner);
            } else if (child instanceof XmlNode.Text text) {
                XmlEscape.text(text.value(), out);
            }
        }
        out.append("</").append(name).append('>');
    }

    private static String prefix(String namespace) {
        return switch (namespace) {
            case Xmlns.STREAM -> "stream:";
            case Xmlns.DIALBACK -> "db:";
            default -> "";
        };
    }

    private void attributes(Map<XmlName, String> attributes) {
        int declared = 0;
        for (Map.Entry<XmlName, String> entry : attributes.entrySet()) {
            XmlName name = entry.getKey();
            if (name.namespace().isEmpty()) {
                attribute(name.local(), entry.getValue());
            } else if (name.namespace().equals(Xmlns.XML)) {
                attribute("xml:" + name.local(), entry.getValue());
            } else {
                String prefix = "n" + ++declared;
                attribute("xmlns:" + prefix, name.namespace());
                attribute(prefix + ":" + name.local(), entry.getValue());
            }
        }
    }

    private void attribute(String name, String value) {
        out.append(' ').append(name).append("='");
        XmlEscape.attribute(value, out);
        out.append('\'');
    }
}
