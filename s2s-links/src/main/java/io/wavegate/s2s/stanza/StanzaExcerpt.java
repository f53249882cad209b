package io.wavegate.s2s.stanza;

import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlName;
import io.wavegate.s2s.xml.XmlNode;
import io.wavegate.s2s.xml.XmlWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stanza for the eyes of an operator: one line of XML whose long texts are cut, since payloads are people's words and
 * kilobytes of base64. What is addressed to whom, and which elements there are, stays.
 */
public final class StanzaExcerpt {
    private static final int MAX_TEXT = 24;
    private static final int MAX_ATTRIBUTE = 200;
    private static final int MAX_CHILDREN = 20;
    private static final int MAX_LINE = 4_000;

    private StanzaExcerpt() {}

    /** At most {@value #MAX_LINE} characters, no control characters. */
    public static String of(XmlElement stanza) {
        String line = new String(XmlWriter.write(shortened(stanza)), StandardCharsets.UTF_8);
        String whole = line.length() <= MAX_LINE ? line : line.substring(0, MAX_LINE) + "...";
        return whole.replaceAll("\\p{Cntrl}", " ");
    }

    private static XmlElement shortened(XmlElement element) {
        Map<XmlName, String> attributes = new LinkedHashMap<>();
        element.attributes().forEach((name, value) -> attributes.put(name, cut(value, MAX_ATTRIBUTE)));
        List<XmlNode> children = new ArrayList<>();
        for (XmlNode child : element.children()) {
            if (children.size() == MAX_CHILDREN) {
                children.add(new XmlNode.Text("... " + (element.children().size() - MAX_CHILDREN) + " more"));
                break;
            }
            children.add(
                    child instanceof XmlElement inner
                            ? shortened(inner)
                            : new XmlNode.Text(cut(((XmlNode.Text) child).value(), MAX_TEXT)));
        }
        return new XmlElement(element.name(), attributes, children);
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "...(" + text.length() + " characters)";
    }
}
