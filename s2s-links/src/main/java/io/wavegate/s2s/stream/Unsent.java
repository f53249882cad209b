package io.wavegate.s2s.stream;

import io.wavegate.s2s.xml.XmlElement;
import java.util.List;

/**
 * Stanzas that were not sent because the peer does not take any of their size (XEP-0478).
 *
 * @param stanzas in order; mostly none
 * @param maxBytes of a stanza that it does take
 */
public record Unsent(List<XmlElement> stanzas, int maxBytes) {
    /** Everything was sent. */
    public static final Unsent NOTHING = new Unsent(List.of(), Integer.MAX_VALUE);

    public Unsent {
        stanzas = List.copyOf(stanzas);
    }
}
