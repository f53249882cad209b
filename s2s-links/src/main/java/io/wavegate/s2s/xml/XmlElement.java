package io.wavegate.s2s.xml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An immutable element. Attributes without a namespace have an empty one; {@code xml:lang} has the XML namespace.
 *
 * @param name expanded name
 * @param attributes in document order
 * @param children elements and text in document order
 */
public record XmlElement(XmlName name, Map<XmlName, String> attributes, List<XmlNode> children) implements XmlNode {
    public XmlElement {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        children = List.copyOf(children);
    }

    public static Builder builder(String namespace, String local) {
        return new Builder(new XmlName(namespace, local));
    }

    /** The attribute without namespace of this name. */
    public Optional<String> attribute(String local) {
        return Optional.ofNullable(attributes.get(new XmlName("", local)));
    }

    public boolean is(String namespace, String local) {
        return name.local().equals(local) && name.namespace().equals(namespace);
    }

    /** Child elements, in order. */
    public List<XmlElement> elements() {
        List<XmlElement> elements = new ArrayList<>(children.size());
        for (XmlNode child : children) {
            if (child instanceof XmlElement element) {
                elements.add(element);
            }
        }
        return elements;
    }

    /** The first child element of this name. */
    public Optional<XmlElement> child(String namespace, String local) {
        for (XmlNode child : children) {
            if (child instanceof XmlElement element && element.is(namespace, local)) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    /** All character data directly inside, joined. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (XmlNode child : children) {
            if (child instanceof XmlNode.Text part) {
                text.append(part.value());
            }
        }
        return text.toString();
    }

    /** Makes an element. */
    public static final class Builder {
        private final XmlName name;
        private final Map<XmlName, String> attributes = new LinkedHashMap<>();
        private final List<XmlNode> children = new ArrayList<>();

        private Builder(XmlName name) {
            this.name = name;
        }

        public Builder attribute(String local, String value) {
            attributes.put(new XmlName("", local), value);
            return this;
        }

        public Builder child(XmlNode node) {
            children.add(node);
            return this;
        }

        public Builder text(String value) {
            children.add(new XmlNode.Text(value));
            return this;
        }

        public XmlElement build() {
            return new XmlElement(name, attributes, children);
        }
    }
}
