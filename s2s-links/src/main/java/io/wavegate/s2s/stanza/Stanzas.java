package io.wavegate.s2s.stanza;

import io.wavegate.s2s.xml.XmlElement;
import java.util.List;

/** Builds stanzas. Attribute order is the reference's, though nobody may rely on it. */
public final class Stanzas {
    private Stanzas() {}

    /** An IQ of type {@code get} or {@code set}. */
    public static XmlElement request(IqType type, Addresses addresses, XmlElement payload) {
        return addressed("iq", addresses)
                .attribute("type", type.wire())
                .child(payload)
                .build();
    }

    /** The result of an IQ, in addresses of the result. */
    public static XmlElement result(Addresses addresses, List<XmlElement> payload) {
        XmlElement.Builder iq = addressed("iq", addresses).attribute("type", IqType.RESULT.wire());
        payload.forEach(iq::child);
        return iq.build();
    }

    /** An error, without the payload it is about (spec 9.2; echoing it would amplify). */
    public static XmlElement error(String stanza, Addresses addresses, StanzaError error) {
        return addressed(stanza, addresses)
                .attribute("type", "error")
                .child(error.toXml())
                .build();
    }

    /** A message of type {@code normal}. */
    public static XmlElement message(Addresses addresses, List<XmlElement> payload) {
        XmlElement.Builder message = addressed("message", addresses).attribute("type", "normal");
        payload.forEach(message::child);
        return message.build();
    }

    /**
     * A receipt: the same id on the stanza, which is what the reference looks at, and on {@code received}, which is what
     * XEP-0184 asks for (spec 3.2, s2s 18).
     */
    public static XmlElement receipt(Addresses addresses) {
        return addressed("message", addresses)
                .child(XmlElement.builder(Namespaces.RECEIPTS, "received")
                        .attribute("id", addresses.id())
                        .build())
                .build();
    }

    private static XmlElement.Builder addressed(String stanza, Addresses addresses) {
        XmlElement.Builder builder = XmlElement.builder(Namespaces.SERVER, stanza);
        if (!addresses.id().isEmpty()) {
            builder.attribute("id", addresses.id());
        }
        return builder.attribute("from", addresses.from()).attribute("to", addresses.to());
    }
}
