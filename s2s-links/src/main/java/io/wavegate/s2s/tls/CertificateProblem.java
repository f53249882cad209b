package io.wavegate.s2s.tls;

/**
 * Something wrong with a certificate, key or authority file of ours.
 *
 * @param kind one of a closed set
 * @param text thing, cause, next step, for an operator
 */
public record CertificateProblem(Kind kind, String text) {
    /** What can be wrong with a file of ours. */
    public enum Kind {
        FILE_UNREADABLE,
        NOT_PEM,
        NO_CERTIFICATE,
        NO_KEY,
        KEY_ENCRYPTED,
        KEY_UNUSABLE,
        KEY_OF_OTHER_CERTIFICATE,
        NOT_YET_VALID,
        EXPIRED,
        OTHER_NAME,
        WEAK_KEY,
        CHAIN_OUT_OF_ORDER
    }
}
