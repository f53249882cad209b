package io.wavegate.s2s.xml;

import java.util.List;

/** About how much memory and work a stanza is, in characters. The parser has bounded its depth. */
public final class XmlSize {
    private static final int ELEMENT = 64;

    private XmlSize() {}

    /** The size. */
    public static long of(XmlElement element) {
        long size = ELEMENT;
        for (String value : element.attributes().values()) {
            size += value.length();
        }
        for (XmlNode child : element.children()) {
            size += child instanceof XmlElement inner
                    ? of(inner)
                    : ((XmlNode.Text) child).value().length();
        }
        return size;
    }

    /** Of several together. */
    public static long of(List<XmlElement> elements) {
        long size = 0;
        for (XmlElement element : elements) {
            size += of(element);
        }
        return size;
    }
}
