package io.wavegate.node.wiring;

import com.google.protobuf.ByteString;
import io.wavegate.node.config.DomainSettings;
import io.wavegate.node.config.Finding;
import io.wavegate.node.config.FindingException;
import io.wavegate.s2s.tls.CertificateProblem;
import io.wavegate.s2s.tls.CertificateSource;
import io.wavegate.s2s.tls.CertificateSource.Use;
import io.wavegate.s2s.tls.CertificateWatch;
import io.wavegate.s2s.tls.DomainCertificate;
import io.wavegate.s2s.tls.DomainCertificates;
import io.wavegate.s2s.tls.LoadedCertificate;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.entity.LocalDomain;
import io.wavegate.wavelet.trust.DeltaSigner;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Our domains with what proves them.
 *
 * @param names the domains, in the operator's order
 * @param certificates for TLS
 * @param signers for deltas
 * @param loaded each certificate with its files; where one serves TLS and deltas it is there once
 */
public record LoadedDomains(
        List<String> names,
        DomainCertificates certificates,
        List<LocalDomain> signers,
        List<CertificateWatch.Loaded> loaded) {
    public LoadedDomains {
        names = List.copyOf(names);
        signers = List.copyOf(signers);
        loaded = List.copyOf(loaded);
    }

    static LoadedDomains load(List<DomainSettings> domains, Instant now) throws FindingException {
        List<Finding> findings = new ArrayList<>();
        if (domains.isEmpty()) {
            findings.add(new Finding(
                    "wavegate.domains",
                    "names no domain, so there is nobody to speak for",
                    "Add { name = \"a.example\", certificate = \"a.pem\", key = \"a.key\" }"));
        }
        Map<String, DomainCertificate> certificates = new LinkedHashMap<>();
        List<LocalDomain> signers = new ArrayList<>();
        List<CertificateWatch.Loaded> loaded = new ArrayList<>();
        for (DomainSettings domain : domains) {
            CertificateSource streams = new CertificateSource(
                    domain.name(), Use.TLS, List.of("wave." + domain.name()), domain.certificate(), domain.key());
            Optional<DomainCertificate> tls = load(streams, now, findings);
            tls.ifPresent(certificate -> {
                certificates.put(domain.name(), certificate);
                loaded.add(new CertificateWatch.Loaded(streams, certificate));
            });
            Optional<DomainCertificate> signing = tls;
            if (!signsByTheSame(domain)) {
                CertificateSource deltas = new CertificateSource(
                        domain.name(), Use.SIGNING, List.of(), domain.signingCertificate(), domain.signingKey());
                signing = load(deltas, now, findings);
                signing.ifPresent(certificate -> loaded.add(new CertificateWatch.Loaded(deltas, certificate)));
            }
            signing.flatMap(certificate -> signer(domain, certificate, findings))
                    .ifPresent(signers::add);
        }
        if (!findings.isEmpty()) {
            throw new FindingException(findings);
        }
        return new LoadedDomains(
                domains.stream().map(DomainSettings::name).toList(),
                new DomainCertificates(certificates),
                signers,
                loaded);
    }

    private static boolean signsByTheSame(DomainSettings domain) {
        return domain.signingKey().equals(domain.key())
                && domain.signingCertificate().equals(domain.certificate());
    }

    private static Optional<DomainCertificate> load(CertificateSource source, Instant now, List<Finding> findings) {
        LoadedCertificate loaded = source.load(now);
        if (loaded instanceof LoadedCertificate.Broken broken) {
            for (CertificateProblem problem : broken.problems()) {
                findings.add(new Finding(
                        "Domain " + source.domain(), problem.text(), "The files are named in wavegate.domains"));
            }
            return Optional.empty();
        }
        return Optional.of(((LoadedCertificate.Usable) loaded).certificate());
    }

    private static Optional<LocalDomain> signer(
            DomainSettings domain, DomainCertificate certificate, List<Finding> findings) {
        try {
            return Optional.of(new LocalDomain(domain.name(), signer(domain.name(), certificate)));
        } catch (GeneralSecurityException e) {
            findings.add(new Finding(
                    "Domain " + domain.name(),
                    "deltas cannot be signed with " + domain.signingKey() + " (" + e.getMessage() + ")",
                    "Give an RSA key and its certificate as signing-key and signing-certificate"));
            return Optional.empty();
        }
    }

    /**
     * Signs deltas of a domain by a certificate's key.
     *
     * @throws GeneralSecurityException if the key is none that signs deltas
     */
    static DeltaSigner signer(String domain, DomainCertificate certificate) throws GeneralSecurityException {
        List<ByteString> chain = new ArrayList<>();
        for (X509Certificate one : certificate.chain()) {
            chain.add(ByteString.copyFrom(one.getEncoded()));
        }
        return new DeltaSigner(new SignerInfo(SignerInfo.HashAlgorithm.SHA256, domain, chain), certificate.key());
    }
}
