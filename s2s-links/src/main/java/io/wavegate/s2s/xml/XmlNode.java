package io.wavegate.s2s.xml;

/** A child of an element. */
public sealed interface XmlNode permits XmlElement, XmlNode.Text {
    /** Character data; CDATA sections arrive as plain text. */
    record Text(String value) implements XmlNode {}
}
