package io.wavegate.s2s.link;

import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stanza.IqType;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.stanza.Stanzas;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.xml.XmlElement;

/**
 * The sign of life (XEP-0199) that a component's link asks for. It is asked for in the component's name, since the stream
 * is authenticated for no other, so the answer is addressed to the component; its id tells that it is not for it.
 */
public final class RelayPing {
    private static final String MARK = "wavegate-ping-";

    private RelayPing() {}

    static String id(IdSource ids) {
        return MARK + ids.next();
    }

    static XmlElement of(DomainPair pair, String id) {
        Addresses addresses = new Addresses(id, pair.local(), pair.remote());
        XmlElement payload = XmlElement.builder(Namespaces.PING, "ping").build();
        return Stanzas.request(IqType.GET, addresses, payload);
    }

    /** Whether a stanza for the component is the answer to such a question: any answer, also an error, is a sign of life. */
    public static boolean isAnswer(XmlElement stanza) {
        return stanza.name().local().equals("iq")
                && stanza.attribute("id").filter(id -> id.startsWith(MARK)).isPresent()
                && stanza.attribute("type")
                        .flatMap(IqType::ofWire)
                        .filter(IqType::isAnswer)
                        .isPresent();
    }
}
