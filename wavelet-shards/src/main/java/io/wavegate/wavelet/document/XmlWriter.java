package io.wavegate.wavelet.document;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes runs as XML; elements without content as one tag. */
final class XmlWriter implements Tree.RunReader {
    private final StringBuilder xml = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();
    private boolean tagOpen;

    @Override
    public void read(Run run) {
        if (run instanceof Run.Text text) {
            closeTag();
            escape(text.text(), false);
        } else if (run instanceof Run.Start start) {
            closeTag();
            xml.append('<').append(start.type());
            for (int i = 0; i < start.attributes().size(); i++) {
                xml.append(' ').append(start.attributes().name(i)).append("=\"");
                escape(start.attributes().value(i), true);
                xml.append('"');
            }
            open.push(start.type());
            tagOpen = true;
        } else if (tagOpen) {
            xml.append("/>");
            open.pop();
            tagOpen = false;
        } else {
            xml.append("</").append(open.pop()).append('>');
        }
    }

    String finish() {
        return xml.toString();
    }

    private void closeTag() {
        if (tagOpen) {
            xml.append('>');
            tagOpen = false;
        }
    }

    private void escape(String text, boolean quoted) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == '&') {
                xml.append("&amp;");
            } else if (unit == '<') {
                xml.append("&lt;");
            } else if (unit == '>') {
                xml.append("&gt;");
            } else if (unit == '"' && quoted) {
                xml.append("&quot;");
            } else {
                xml.append(unit);
            }
        }
    }
}
