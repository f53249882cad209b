package io.wavegate.s2s.xml;

import static io.wavegate.s2s.xml.StreamErrorCondition.NOT_WELL_FORMED;
import static io.wavegate.s2s.xml.StreamErrorCondition.POLICY_VIOLATION;

import com.fasterxml.aalto.util.XmlChars;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A start tag as read, within the limits.
 *
 * @param name expanded name
 * @param prefix as written, empty for none
 * @param attributes in document order
 * @param namespaces prefix to URI, the default one under the empty prefix
 */
record StartTag(XmlName name, String prefix, Map<XmlName, String> attributes, Map<String, String> namespaces) {
    static StartTag read(XMLStreamReader reader, XmlLimits limits) throws XmlViolationException {
        if (reader.getAttributeCount() > limits.attributes()) {
            throw new XmlViolationException(POLICY_VIOLATION, "more than " + limits.attributes() + " attributes");
        }
        if (reader.getNamespaceCount() > limits.namespaces()) {
            throw new XmlViolationException(
                    POLICY_VIOLATION, "more than " + limits.namespaces() + " namespace declarations");
        }
        XmlName name = name(reader.getNamespaceURI(), reader.getLocalName(), reader.getPrefix(), limits);
        return new StartTag(name, orEmpty(reader.getPrefix()), attributes(reader, limits), namespaces(reader, limits));
    }

    private static Map<XmlName, String> attributes(XMLStreamReader reader, XmlLimits limits)
            throws XmlViolationException {
        Map<XmlName, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            XmlName name = name(
                    reader.getAttributeNamespace(i),
                    reader.getAttributeLocalName(i),
                    reader.getAttributePrefix(i),
                    limits);
            attributes.put(name, reader.getAttributeValue(i));
        }
        return attributes;
    }

    private static Map<String, String> namespaces(XMLStreamReader reader, XmlLimits limits)
            throws XmlViolationException {
        Map<String, String> namespaces = new LinkedHashMap<>();
        for (int i = 0; i < reader.getNamespaceCount(); i++) {
            String prefix = orEmpty(reader.getNamespacePrefix(i));
            String uri = orEmpty(reader.getNamespaceURI(i));
            if (uri.isEmpty() && !prefix.isEmpty()) {
                // Namespaces in XML 1.0 section 5: a prefix cannot be unbound. The parser lets it pass.
                throw new XmlViolationException(NOT_WELL_FORMED, "prefix bound to no namespace");
            }
            if (!prefix.isEmpty()) {
                checkPart(prefix);
            }
            checkLength(prefix.length(), limits);
            namespaces.put(prefix, uri);
        }
        return namespaces;
    }

    private static XmlName name(@Nullable String namespace, String local, @Nullable String prefix, XmlLimits limits)
            throws XmlViolationException {
        checkPart(local);
        checkLength(local.length() + orEmpty(prefix).length(), limits);
        return new XmlName(orEmpty(namespace), local);
    }

    /** Behind a colon the parser takes what cannot begin a name ("x:5", "x:"); others would refuse what we pass on. */
    private static void checkPart(String name) throws XmlViolationException {
        if (name.isEmpty() || name.indexOf(':') >= 0 || !XmlChars.is10NameStartChar(name.codePointAt(0))) {
            throw new XmlViolationException(NOT_WELL_FORMED, "a name that is none");
        }
    }

    private static void checkLength(int length, XmlLimits limits) throws XmlViolationException {
        if (length > limits.nameLength()) {
            throw new XmlViolationException(POLICY_VIOLATION, "a name longer than " + limits.nameLength());
        }
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    StartTag in(String namespace) {
        return name.namespace().equals(namespace)
                ? this
                : new StartTag(new XmlName(namespace, name.local()), prefix, attributes, namespaces);
    }

    StreamHeader header() {
        return new StreamHeader(
                name,
                namespaces.getOrDefault("", ""),
                namespaces.containsValue(Xmlns.DIALBACK),
                attribute("from"),
                attribute("to"),
                attribute("id"),
                attribute("version"));
    }

    private Optional<String> attribute(String local) {
        return Optional.ofNullable(attributes.get(new XmlName("", local)));
    }

    /** A start tag of the same name that declares the same namespaces and has nothing else. */
    String declarationsOnly() {
        StringBuilder tag = new StringBuilder("<");
        tag.append(prefix.isEmpty() ? name.local() : prefix + ":" + name.local());
        namespaces.forEach((bound, uri) -> {
            tag.append(bound.isEmpty() ? " xmlns='" : " xmlns:" + bound + "='");
            XmlEscape.attribute(uri, tag);
            tag.append('\'');
        });
        return tag.append('>').toString();
    }
}
