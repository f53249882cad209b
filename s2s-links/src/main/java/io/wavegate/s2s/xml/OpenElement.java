package io.wavegate.s2s.xml;

import java.util.ArrayList;
import java.util.List;

/** An element whose end has not been read yet. */
final class OpenElement {
    private final StartTag tag;
    private final List<XmlNode> children = new ArrayList<>(4);
    private final StringBuilder text = new StringBuilder(0);

    OpenElement(StartTag tag) {
        this.tag = tag;
    }

    boolean isIn(String namespace) {
        return tag.name().namespace().equals(namespace);
    }

    void text(String part) {
        text.append(part);
    }

    void child(XmlElement element) {
        flushText();
        children.add(element);
    }

    XmlElement close() {
        flushText();
        return new XmlElement(tag.name(), tag.attributes(), children);
    }

    private void flushText() {
        if (text.length() > 0) {
            children.add(new XmlNode.Text(text.toString()));
            text.setLength(0);
        }
    }
}
