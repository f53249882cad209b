package io.wavegate.s2s.tls;

/** A name in a certificate's subjectAltName that can stand for an XMPP domain (spec 7). */
sealed interface PresentedName {
    /** As written in the certificate. */
    String value();

    /** dNSName. */
    record Dns(String value) implements PresentedName {}

    /** id-on-dnsSRV (RFC 4985), {@code _service.name}. */
    record Srv(String value) implements PresentedName {}

    /** id-on-xmppAddr (RFC 6120 section 13.7.1.4). */
    record XmppAddress(String value) implements PresentedName {}
}
