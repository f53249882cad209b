package io.wavegate.s2s.stream;

import java.time.Instant;

/** What a peer's certificate proves about one domain. */
public sealed interface PeerCertificateVerdict {
    /**
     * Valid now, trusted, and names the domain.
     *
     * @param matchedName the name in the certificate that matched, as written there
     * @param notAfter the end of the chain's validity: the stream is to be judged again then
     */
    record Proven(String matchedName, Instant notAfter) implements PeerCertificateVerdict {}

    /**
     * Proves nothing.
     *
     * @param problem one of a closed set
     * @param text thing, cause, next step, for an operator
     */
    record Refused(Problem problem, String text) implements PeerCertificateVerdict {}

    /** Why a certificate proves nothing, in the order in which it is looked at. */
    enum Problem {
        NONE_SENT,
        MALFORMED,
        NOT_YET_VALID,
        EXPIRED,
        NOT_A_SERVER,
        WEAK,
        UNTRUSTED,
        OTHER_NAME
    }

    /** Whether the domain is proven. */
    default boolean proven() {
        return this instanceof Proven;
    }
}
