package io.wavegate.node.wiring;

import com.google.protobuf.ByteString;
import io.wavegate.node.config.DomainSettings;
import io.wavegate.node.config.Finding;
import io.wavegate.node.config.FindingException;
import io.wavegate.s2s.tls.CertificateFiles;
import io.wavegate.s2s.tls.CertificateProblem;
import io.wavegate.s2s.tls.DomainCertificate;
import io.wavegate.s2s.tls.DomainCertificates;
import io.wavegate.s2s.tls.LoadedCertificate;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.entity.LocalDomain;
import io.wavegate.wavelet.trust.DeltaSigner;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Our domains with what proves them.
 *
 * @param names the domains, in the operator's order
 * @param certificates for TLS
 * @param signers for deltas
 */
public record LoadedDomains(List<String> names, DomainCertificates certificates, List<LocalDomain> signers) {
    private static final String WAVE = "wave.";

    public LoadedDomains {
        names = List.copyOf(names);
        signers = List.copyOf(signers);
    }

    /** The domains and, for each, the name that others guess its wave service at (spec 2). */
    public Set<String> served() {
        Set<String> served = new LinkedHashSet<>(names);
        names.forEach(name -> served.add(WAVE + name));
        return served;
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
        for (DomainSettings domain : domains) {
            Optional<DomainCertificate> tls = load(domain.name(), domain.certificate(), domain.key(), now, findings);
            tls.ifPresent(certificate -> certificates.put(domain.name(), certificate));
            boolean same = domain.signingKey().equals(domain.key())
                    && domain.signingCertificate().equals(domain.certificate());
            Optional<DomainCertificate> signing =
                    same ? tls : load(domain.name(), domain.signingCertificate(), domain.signingKey(), now, findings);
            signing.flatMap(certificate -> signer(domain, certificate, findings))
                    .ifPresent(signers::add);
        }
        if (!findings.isEmpty()) {
            throw new FindingException(findings);
        }
        return new LoadedDomains(
                domains.stream().map(DomainSettings::name).toList(), new DomainCertificates(certificates), signers);
    }

    private static Optional<DomainCertificate> load(
            String domain, Path chain, Path key, Instant now, List<Finding> findings) {
        LoadedCertificate loaded = CertificateFiles.load(List.of(domain), chain, key, now);
        if (loaded instanceof LoadedCertificate.Broken broken) {
            for (CertificateProblem problem : broken.problems()) {
                findings.add(
                        new Finding("Domain " + domain, problem.text(), "The files are named in wavegate.domains"));
            }
            return Optional.empty();
        }
        return Optional.of(((LoadedCertificate.Usable) loaded).certificate());
    }

    private static Optional<LocalDomain> signer(
            DomainSettings domain, DomainCertificate certificate, List<Finding> findings) {
        try {
            List<ByteString> chain = new ArrayList<>();
            for (X509Certificate one : certificate.chain()) {
                chain.add(ByteString.copyFrom(one.getEncoded()));
            }
            SignerInfo info = new SignerInfo(SignerInfo.HashAlgorithm.SHA256, domain.name(), chain);
            return Optional.of(new LocalDomain(domain.name(), new DeltaSigner(info, certificate.key())));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        } catch (GeneralSecurityException e) {
            findings.add(new Finding(
                    "Domain " + domain.name(),
                    "deltas cannot be signed with " + domain.signingKey() + " (" + e.getMessage() + ")",
                    "Give an RSA key and its certificate as signing-key and signing-certificate"));
            return Optional.empty();
        }
    }
}
