package io.wavegate.load.sim.stream;

import io.wavegate.s2s.xml.XmlElement;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What we ask or tell has an id of its own, so on one stream it is sent once, whatever becomes of nodes in between. Answers may
 * be said again, by an entity that does not know that the one before it had dealt with the question.
 */
public final class OncePerStream {
    private final Set<String> sent = new HashSet<>();

    /** Takes what is sent next. @return the first of it that was sent before */
    public Optional<XmlElement> again(List<XmlElement> stanzas) {
        return stanzas.stream()
                .filter(stanza -> isOurs(stanza) && !sent.add(key(stanza)))
                .findFirst();
    }

    private static boolean isOurs(XmlElement stanza) {
        String type = stanza.attribute("type").orElse("");
        boolean answer = type.equals("result")
                || type.equals("error")
                || stanza.child("urn:xmpp:receipts", "received").isPresent();
        return !answer && stanza.attribute("id").isPresent();
    }

    private static String key(XmlElement stanza) {
        return stanza.attribute("to").orElse("") + ' ' + stanza.attribute("id").orElse("");
    }
}
