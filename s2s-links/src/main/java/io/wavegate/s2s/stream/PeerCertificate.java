package io.wavegate.s2s.stream;

import io.wavegate.s2s.vouch.Authority;
import io.wavegate.s2s.vouch.Voucher;
import java.time.Instant;
import java.util.Optional;

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
     * @param notAfter when the first certificate of the path ends
     * @param authority where the path ends
     */
    record Trusted(String matchedName, String subject, Instant notAfter, Authority authority)
            implements PeerCertificate {}

    /**
     * A certificate that proves nothing for the domain.
     *
     * @param reason what is wrong, the names found and the name wanted, for an operator and for the peer
     * @param authority where its path ends, if all that is wrong is the name
     */
    record Untrusted(String reason, Optional<Authority> authority) implements PeerCertificate {
        /** No authority trusted here knows it. */
        public Untrusted(String reason) {
            this(reason, Optional.empty());
        }
    }

    /** The peer showed no certificate. */
    record None() implements PeerCertificate {}

    /** Why it does not prove the domain, for an operator and for the peer. */
    default String weakness() {
        return this instanceof Untrusted untrusted ? untrusted.reason() : "no certificate was presented";
    }

    /**
     * Who vouches for the domain by it.
     *
     * @param subject what the certificate calls itself
     * @param key SHA-256 of its public key, hexadecimal
     */
    default Voucher voucher(String subject, String key) {
        if (this instanceof Trusted trusted) {
            return new Voucher(
                    Voucher.Kind.AUTHORITY,
                    trusted.authority().name(),
                    trusted.authority().key());
        }
        Optional<Authority> another = this instanceof Untrusted untrusted ? untrusted.authority() : Optional.empty();
        return another.map(authority ->
                        new Voucher(Voucher.Kind.AUTHORITY_OF_ANOTHER_NAME, authority.name(), authority.key()))
                .orElseGet(() -> new Voucher(Voucher.Kind.KEY, subject, key));
    }

    /** Whether it proves the domain. */
    default boolean isTrusted() {
        return this instanceof Trusted;
    }
}
