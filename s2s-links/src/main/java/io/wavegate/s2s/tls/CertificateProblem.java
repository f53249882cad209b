package io.wavegate.s2s.tls;

/**
 * Something wrong with a certificate, key or authority file of ours.
 *
 * @param kind one of a closed set
 * @param text thing, cause, next step, for an operator
 */
public record CertificateProblem(Kind kind, String text) {
    /** What can be wrong with a file of ours; from {@code CHAIN_INCOMPLETE} on it works, but not with every peer. */
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
        CHAIN_OUT_OF_ORDER,
        /** Peers cannot get from it to an authority: what is between is not in the file. */
        CHAIN_INCOMPLETE,
        /** No authority vouches for it. */
        SELF_SIGNED,
        /** It leads to an authority that only those know who configured it. */
        PRIVATE_AUTHORITY,
        /** It may not be used by a server. */
        NOT_FOR_SERVERS,
        /** It does not name an address that peers may come by. */
        NAME_MISSING,
        EXPIRES_SOON
    }
}
