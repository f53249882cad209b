package io.wavegate.s2s.tls;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which certificate speaks for which of our domains. Immutable; keys are prepared domains (RFC 7622). */
public final class DomainCertificates {
    private final Map<String, DomainCertificate> configured;

    public DomainCertificates(Map<String, DomainCertificate> configured) {
        this.configured = new LinkedHashMap<>(configured);
    }

    /** The same with another certificate for one of the domains. */
    public DomainCertificates with(String domain, DomainCertificate certificate) {
        Map<String, DomainCertificate> changed = new LinkedHashMap<>(configured);
        changed.put(domain, certificate);
        return new DomainCertificates(changed);
    }

    /**
     * The domain whose certificate to show to who connects for this one: itself if it has any, else the first configured one.
     * A component's name may be covered by none; the peer then verifies it by dialback, which needs TLS to come about.
     */
    Optional<String> shownFor(String domain) {
        return forDomain(domain).isPresent()
                ? Optional.of(domain)
                : configured.keySet().stream().findFirst();
    }

    /**
     * The certificate configured for the domain, else the first configured one that names it: {@code wave.a.example} is
     * usually covered by the certificate of {@code a.example}.
     */
    public Optional<DomainCertificate> forDomain(String domain) {
        DomainCertificate own = configured.get(domain);
        if (own != null) {
            return Optional.of(own);
        }
        return configured.values().stream()
                .filter(candidate ->
                        CertificateIdentity.matches(candidate.leaf(), domain).isPresent())
                .findFirst();
    }
}
