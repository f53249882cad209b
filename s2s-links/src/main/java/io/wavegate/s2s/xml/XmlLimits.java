package io.wavegate.s2s.xml;

/**
 * What one element may cost us. A peer that goes beyond gets {@code policy-violation}.
 *
 * @param elementBytes bytes of one first-level element, or of the header, as received
 * @param depth nesting, the root counted
 * @param attributes attributes of one element
 * @param namespaces namespace declarations of one element
 * @param nameLength characters of one name, prefix counted
 */
public record XmlLimits(int elementBytes, int depth, int attributes, int namespaces, int nameLength) {
    public XmlLimits {
        if (elementBytes < 1 || depth < 2 || attributes < 1 || namespaces < 1 || nameLength < 1) {
            throw new IllegalArgumentException("limits are positive, and a stream needs a depth of 2");
        }
    }

    /** The usual limits with this many bytes for an element (spec 3). */
    public static XmlLimits ofBytes(int elementBytes) {
        return new XmlLimits(elementBytes, 64, 64, 32, 1024);
    }
}
