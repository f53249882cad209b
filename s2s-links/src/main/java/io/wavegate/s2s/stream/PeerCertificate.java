package io.wavegate.s2s.stream;

import java.time.Instant;

/**
 * What the peer's certificate is worth for one domain, judged as a server's in both directions (public authorities no
 * longer issue {@code clientAuth}) and at the moment of asking, not at the handshake (CVE-2021-32919).
 */
public sealed interface PeerCertificate {
    /**
     * A valid path to one of our anchors, and the domain is among the names.
     *
     * @param matchedName the presented identifier that matched, such as {@code *.bee.example}
     * @param subject the distinguished name, for an operator only
     * @param notAfter the end of validity of the leaf
     */
    record Trusted(String matchedName, String subject, Instant notAfter) implements PeerCertificate {}

    /**
     * A certificate that proves nothing for the domain.
     *
     * @param reason what is wrong, the names found and the name wanted, for an operator and for the peer
     */
    record Untrusted(String reason) implements PeerCertificate {}

    /** The peer showed no certificate. */
    record None() implements PeerCertificate {}

    /** Why it does not prove the domain, for an operator and for the peer. */
    default String weakness() {
        return this instanceof Untrusted untrusted ? untrusted.reason() : "no certificate was presented";
    }

    /** Whether it proves the domain. */
    default boolean isTrusted() {
        return this instanceof Trusted;
    }
}
