package io.wavegate.s2s.xml;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The JDK's own XML parser, as a second opinion. */
final class JdkXml {
    private JdkXml() {}

    /** The first element below the root. */
    static XmlElement firstLevelElement(byte[] input) {
        try {
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.IS_COALESCING, true);
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(input), "UTF-8");
            reader.nextTag();
            reader.nextTag();
            return element(reader);
        } catch (XMLStreamException e) {
            throw new AssertionError(e);
        }
    }

    private static XmlElement element(XMLStreamReader reader) throws XMLStreamException {
        XmlName name = name(reader.getNamespaceURI(), reader.getLocalName());
        Map<XmlName, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(
                    name(reader.getAttributeNamespace(i), reader.getAttributeLocalName(i)),
                    reader.getAttributeValue(i));
        }
        List<XmlNode> children = new ArrayList<>();
        for (int event = reader.next(); event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
            children.add(
                    event == XMLStreamConstants.START_ELEMENT ? element(reader) : new XmlNode.Text(reader.getText()));
        }
        return new XmlElement(name, attributes, children);
    }

    private static XmlName name(String namespace, String local) {
        return new XmlName(namespace == null ? "" : namespace, local);
    }
}
