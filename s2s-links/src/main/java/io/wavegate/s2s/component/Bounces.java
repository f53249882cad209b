package io.wavegate.s2s.component;

import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.stanza.Stanzas;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the sender of an undelivered stanza is told. */
public final class Bounces {
    /**
     * Never answered: an error would cause another (RFC 6120 section 8.3.1), a result answers already, and who has left or
     * gives an answer about a subscription awaits none (RFC 6121 section 4.5).
     */
    private static final Set<String> SILENT =
            Set.of("error", "result", "unavailable", "subscribed", "unsubscribe", "unsubscribed");

    private Bounces() {}

    /** The error that goes back; empty if none may. It does not repeat the payload, which would amplify. */
    public static Optional<XmlElement> of(XmlElement stanza, ErrorCondition condition, String text) {
        boolean silent = stanza.attribute("type").filter(SILENT::contains).isPresent();
        Addresses back = Addresses.of(stanza).reversed();
        return silent || back.to().isEmpty()
                ? Optional.empty()
                : Optional.of(Stanzas.error(stanza.name().local(), back, StanzaError.of(condition, text)));
    }

    /** Those of several stanzas, in order. */
    public static List<XmlElement> of(List<XmlElement> stanzas, ErrorCondition condition, String text) {
        List<XmlElement> errors = new ArrayList<>();
        stanzas.forEach(stanza -> of(stanza, condition, text).ifPresent(errors::add));
        return errors;
    }
}
