package io.wavegate.s2s.check;

import java.time.Instant;
import java.util.List;

/**
 * A certificate in words.
 *
 * @param subject distinguished name
 * @param issuer distinguished name
 * @param names what it names, as written in it
 * @param notBefore from when on it is valid
 * @param notAfter until when it is valid
 * @param key kind and size, such as {@code RSA 2048}
 * @param serverAuth whether it may stand for a server: no extended key usage, or serverAuth in it
 * @param clientAuth whether it may stand for a client, likewise
 * @param xmppAddress whether it has an id-on-xmppAddr, on which some servers stumble
 * @param fingerprint SHA-256, hexadecimal
 * @param keyFingerprint SHA-256 of its public key, hexadecimal
 */
public record CertificateFacts(
        String subject,
        String issuer,
        List<String> names,
        Instant notBefore,
        Instant notAfter,
        String key,
        boolean serverAuth,
        boolean clientAuth,
        boolean xmppAddress,
        String fingerprint,
        String keyFingerprint) {
    public CertificateFacts {
        names = List.copyOf(names);
    }
}
