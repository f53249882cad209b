package io.wavegate.s2s.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A certificate chain of ours and its key.
 *
 * @param chain leaf first, at least one
 * @param key belongs to the leaf
 */
public record DomainCertificate(List<X509Certificate> chain, PrivateKey key) {
    public DomainCertificate {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("empty certificate chain");
        }
    }

    /** The certificate that names the domain. */
    public X509Certificate leaf() {
        return chain.get(0);
    }

    /** When it ends: the first of its certificates to do so. */
    public Instant notAfter() {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Never prints the key. */
    @Override
    public String toString() {
        return "DomainCertificate[" + leaf().getSubjectX500Principal() + "]";
    }
}
