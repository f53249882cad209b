package io.wavegate.s2s.tls;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Where a certificate of ours comes from.
 *
 * @param domain whose it is, prepared
 * @param use what it is for
 * @param alsoServed other names that peers may come by, such as {@code wave.a.example}; better if it has them, prepared
 * @param chain PEM file, leaf first
 * @param key PEM file of the leaf's key; may be the same
 */
public record CertificateSource(String domain, Use use, List<String> alsoServed, Path chain, Path key) {
    public CertificateSource {
        alsoServed = List.copyOf(alsoServed);
    }

    /** What a certificate is for. */
    public enum Use {
        /** TLS and SASL EXTERNAL, and deltas as well where no other is configured for them. */
        TLS,
        /** Signing deltas, no more. */
        SIGNING
    }

    /** Reads and checks the files. */
    public LoadedCertificate load(Instant now) {
        return CertificateFiles.load(List.of(domain), chain, key, now);
    }
}
