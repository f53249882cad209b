package io.wavegate.node.http;

import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.DocOpComponent.ElementEnd;
import io.wavegate.wavelet.model.DocOpComponent.ElementStart;
import java.util.ArrayDeque;
import java.util.Deque;

/** A document's content, given as the operation that makes it, in forms for readers. */
public final class DocumentText {

    private DocumentText() {}

    /** All characters, without elements. */
    public static String plain(DocOp content) {
        StringBuilder text = new StringBuilder();
        for (DocOpComponent component : content.components()) {
            if (component instanceof Characters characters) {
                text.append(characters.text());
            }
        }
        return text.toString();
    }

    /** As an XML fragment, without annotations. Controls that XML 1.0 cannot hold become U+FFFD. */
    public static String xml(DocOp content) {
        StringBuilder xml = new StringBuilder();
        Deque<String> open = new ArrayDeque<>();
        for (DocOpComponent component : content.components()) {
            if (component instanceof Characters characters) {
                escape(characters.text(), xml);
            } else if (component instanceof ElementStart start) {
                open.push(start.type());
                xml.append('<').append(start.type());
                start.attributes().values().forEach((name, value) -> {
                    xml.append(' ').append(name).append("=\"");
                    escape(value, xml);
                    xml.append('"');
                });
                xml.append('>');
            } else if (component instanceof ElementEnd) {
                xml.append("</").append(open.pop()).append('>');
            }
        }
        return xml.toString();
    }

    private static void escape(String text, StringBuilder xml) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                case '"' -> xml.append("&quot;");
                case '\r' -> xml.append("&#13;");
                default -> xml.append(c < 0x20 && c != '\n' && c != '\t' ? '\uFFFD' : c);
            }
        }
    }
}
