package io.wavegate.s2s.conformance;

import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlName;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One text for all spellings of an element that mean the same: attributes in order of their names, without
 * {@code xml:lang}, character data joined, the signer's algorithm in upper case.
 */
final class CanonicalXml {
    private static final XmlName LANG = new XmlName(Namespaces.XML, "lang");

    private CanonicalXml() {}

    static String of(XmlElement element) {
        StringBuilder out = new StringBuilder();
        append(element, out);
        return out.toString();
    }

    private static void append(XmlElement element, StringBuilder out) {
        out.append("<{")
                .append(element.name().namespace())
                .append('}')
                .append(element.name().local());
        Map<String, String> attributes = new TreeMap<>();
        element.attributes().forEach((name, value) -> {
            if (!name.equals(LANG)) {
                String local = name.local();
                attributes.put(local, local.equals("algorithm") ? value.toUpperCase(Locale.ROOT) : value);
            }
        });
        attributes.forEach((name, value) ->
                out.append(' ').append(name).append("='").append(value).append('\''));
        out.append('>').append(element.text());
        element.elements().forEach(child -> append(child, out));
        out.append("</>");
    }
}
