package io.wavegate.s2s.xml;

/**
 * An expanded name.
 *
 * @param namespace the namespace URI, empty for none
 * @param local the local name
 */
public record XmlName(String namespace, String local) {}
