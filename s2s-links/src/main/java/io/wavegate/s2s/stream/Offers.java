package io.wavegate.s2s.stream;

import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.Xmlns;

/**
 * What a peer's features offer.
 *
 * @param startTls TLS
 * @param external SASL EXTERNAL
 * @param dialback XEP-0220
 * @param bidi XEP-0288
 * @param acks XEP-0198
 * @param limits XEP-0478
 */
record Offers(boolean startTls, boolean external, boolean dialback, boolean bidi, boolean acks, PeerLimits limits) {
    /** Of a peer from before XMPP 1.0. */
    static final Offers NONE = new Offers(false, false, false, false, false, PeerLimits.UNKNOWN);

    static Offers in(XmlElement features) {
        return new Offers(
                features.child(Xmlns.TLS, "starttls").isPresent(),
                offersExternal(features),
                features.child(Xmlns.DIALBACK_FEATURE, "dialback").isPresent(),
                // Some ejabberd versions use the namespace of the request for the offer (spec 10).
                features.child(Xmlns.BIDI_FEATURE, "bidi").isPresent()
                        || features.child(Xmlns.BIDI, "bidi").isPresent(),
                features.child(Xmlns.ACKS, "sm").isPresent(),
                PeerLimits.in(features));
    }

    private static boolean offersExternal(XmlElement features) {
        return features.child(Xmlns.SASL, "mechanisms").stream()
                .flatMap(mechanisms -> mechanisms.elements().stream())
                .anyMatch(m -> m.is(Xmlns.SASL, "mechanism") && m.text().trim().equals("EXTERNAL"));
    }
}
