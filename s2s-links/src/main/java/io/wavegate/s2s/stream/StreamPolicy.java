package io.wavegate.s2s.stream;

/**
 * What we ask of streams with one remote domain, in both directions.
 *
 * @param tls whether plaintext is ever allowed
 * @param authentication how the other side has to prove its domain
 */
public record StreamPolicy(Tls tls, Authentication authentication) {
    /** TLS always; a certificate where it validates, else dialback (RFC 7590 section 3.4). */
    public static final StreamPolicy DEFAULT = new StreamPolicy(Tls.REQUIRED, Authentication.CERTIFICATE_OR_DIALBACK);

    /** Encryption. */
    public enum Tls {
        /** No authentication, no stanza and no features but STARTTLS without it. */
        REQUIRED,
        /** TLS where the peer offers or asks for it, else plaintext; only by an explicit setting. */
        PLAINTEXT_ALLOWED
    }

    /** Proof of the remote domain. */
    public enum Authentication {
        /** A trusted certificate for the domain, in either direction. */
        CERTIFICATE,
        /** A trusted certificate, else dialback. */
        CERTIFICATE_OR_DIALBACK,
        /** Dialback alone: SASL EXTERNAL is neither offered nor used. */
        DIALBACK
    }
}
