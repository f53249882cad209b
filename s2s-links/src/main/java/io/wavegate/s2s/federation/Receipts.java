package io.wavegate.s2s.federation;

import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.xml.XmlElement;
import java.util.Optional;

/** Receipts in both forms (spec 3.2, XEP-0184). */
public final class Receipts {
    private Receipts() {}

    /** Whether the stanza asks for one. */
    public static boolean requested(XmlElement message) {
        return message.child(Namespaces.RECEIPTS, "request").isPresent();
    }

    /** The element that asks for one. */
    public static XmlElement request() {
        return XmlElement.builder(Namespaces.RECEIPTS, "request").build();
    }

    /**
     * The id that a receipt is for: {@code received/@id} if there is one (XEP-0184), else the stanza's own id (the
     * reference); empty if the stanza is no receipt.
     */
    public static Optional<String> receivedId(XmlElement message) {
        return message.child(Namespaces.RECEIPTS, "received")
                .flatMap(received -> received.attribute("id").or(() -> message.attribute("id")));
    }
}
