package io.wavegate.s2s.link;

import io.wavegate.s2s.federation.HistoryCut;
import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stanza.IqType;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.stanza.Stanzas;
import io.wavegate.s2s.xml.XmlElement;
import java.util.Optional;

/** Answers of ours to what the peer asked, told from requests by their form. */
public final class Replies {
    private Replies() {}

    /** Whether it may be sent again on another stream: an answer counts once, by its id, however often it comes. */
    public static boolean isReply(XmlElement stanza) {
        String type = stanza.attribute("type").orElse("");
        return type.equals("error")
                || type.equals(IqType.RESULT.wire())
                || stanza.child(Namespaces.RECEIPTS, "received").isPresent();
    }

    /**
     * What to answer where the answer is too large for who asked: less, where less is an answer too, or an error; empty if
     * nobody waits for one.
     */
    static Optional<XmlElement> inPlaceOf(XmlElement reply, int maxBytes) {
        Optional<XmlElement> less = HistoryCut.of(reply, maxBytes);
        if (less.isPresent()) {
            return less;
        }
        if (!reply.attribute("type").filter(IqType.RESULT.wire()::equals).isPresent()) {
            return Optional.empty();
        }
        String text = "The answer is larger than the " + maxBytes + " bytes that you take in one stanza. Ask for less.";
        return Optional.of(
                Stanzas.error("iq", Addresses.of(reply), StanzaError.of(ErrorCondition.POLICY_VIOLATION, text)));
    }
}
