package io.wavegate.node.wiring;

import io.wavegate.s2s.tls.CertificateSource;
import io.wavegate.s2s.tls.DomainCertificate;
import io.wavegate.s2s.tls.TlsIdentities;
import io.wavegate.wavelet.entity.LocalDomain;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a certificate that took another's place to use: in new handshakes, and for signing deltas where it serves that too. */
final class CertificateRenewal implements BiConsumer<CertificateSource, DomainCertificate> {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateRenewal.class);

    private final LoadedDomains domains;
    private final TlsIdentities identities;

    CertificateRenewal(LoadedDomains domains, TlsIdentities identities) {
        this.domains = domains;
        this.identities = identities;
    }

    @Override
    public void accept(CertificateSource source, DomainCertificate certificate) {
        String domain = source.domain();
        if (source.use() == CertificateSource.Use.TLS) {
            identities.replace(domain, certificate);
        }
        boolean hasOwnForDeltas = domains.loaded().stream()
                .anyMatch(one ->
                        one.source().domain().equals(domain) && one.source().use() == CertificateSource.Use.SIGNING);
        if (source.use() == CertificateSource.Use.SIGNING || !hasOwnForDeltas) {
            sign(domain, certificate);
        }
    }

    private void sign(String domain, DomainCertificate certificate) {
        List<LocalDomain> signers = domains.signers().stream()
                .filter(signer -> signer.name().equals(domain))
                .toList();
        for (LocalDomain signer : signers) {
            try {
                if (!signer.replace(LoadedDomains.signer(domain, certificate))) {
                    LOG.error("Deltas of {} go on being signed by the certificate before.", domain);
                }
            } catch (GeneralSecurityException e) {
                LOG.error(
                        "Deltas of {} cannot be signed by its new certificate ({}) and go on being signed by the one before;"
                                + " give an RSA key and its certificate as signing-key and signing-certificate.",
                        domain,
                        e.getMessage());
            }
        }
    }
}
