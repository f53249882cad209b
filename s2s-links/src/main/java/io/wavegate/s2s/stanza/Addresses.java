package io.wavegate.s2s.stanza;

import io.wavegate.s2s.xml.XmlElement;

/**
 * How a stanza is addressed.
 *
 * @param id the stanza's id, empty if it has none
 * @param from the sender
 * @param to the receiver
 */
public record Addresses(String id, String from, String to) {
    /** Those of a stanza; empty texts for what is missing. */
    public static Addresses of(XmlElement stanza) {
        return new Addresses(
                stanza.attribute("id").orElse(""),
                stanza.attribute("from").orElse(""),
                stanza.attribute("to").orElse(""));
    }

    /** Those of an answer: same id, the other way round (RFC 6120 section 8.2.3). */
    public Addresses reversed() {
        return new Addresses(id, to, from);
    }
}
