package io.wavegate.node.wiring;

import com.google.protobuf.ByteString;
import io.wavegate.s2s.check.SignerFacts;
import io.wavegate.s2s.probe.OwnIdentity;
import io.wavegate.s2s.stream.PeerCertificate;
import io.wavegate.s2s.tls.CertificateSummary;
import io.wavegate.s2s.tls.DomainCertificate;
import io.wavegate.s2s.tls.DomainCertificates;
import io.wavegate.s2s.tls.PeerCertificateJudge;
import io.wavegate.s2s.tls.TrustAnchors;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.entity.LocalDomain;
import io.wavegate.wavelet.trust.CertificateChain;
import io.wavegate.wavelet.trust.TrustPolicy;
import io.wavegate.wavelet.trust.TrustedSigner;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What our domains show to others, judged as others judge it. */
final class OwnIdentities {
    private final Supplier<DomainCertificates> certificates;
    private final List<LocalDomain> signers;
    private final Supplier<Set<TrustAnchor>> anchors;
    private final InstantSource clock;

    OwnIdentities(
            Supplier<DomainCertificates> certificates,
            List<LocalDomain> signers,
            Supplier<Set<TrustAnchor>> anchors,
            InstantSource clock) {
        this.certificates = certificates;
        this.signers = signers;
        this.anchors = anchors;
        this.clock = clock;
    }

    OwnIdentity of(String domain) {
        List<X509Certificate> chain = certificates
                .get()
                .forDomain(domain)
                .map(DomainCertificate::chain)
                .orElse(List.of());
        Instant now = clock.instant();
        PeerCertificate publicly = new PeerCertificateJudge(TrustAnchors.system()).judge(chain, domain, now);
        return new OwnIdentity(
                CertificateSummary.of(chain),
                new PeerCertificateJudge(anchors.get()).judge(chain, domain, now),
                publicly,
                signer(domain));
    }

    /** Who signs deltas of the domain. */
    Optional<SignerFacts> signer(String domain) {
        return signers.stream()
                .filter(local -> local.name().equals(domain))
                .findFirst()
                .map(local -> facts(local.signer().info()));
    }

    private SignerFacts facts(SignerInfo info) {
        List<X509Certificate> chain = decoded(info);
        Instant end = chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
        Answer<TrustedSigner> verdict = CertificateChain.validate(
                info, TrustPolicy.ofAnchors(anchors.get()), clock.instant().toEpochMilli());
        return new SignerFacts(
                info.domain(),
                chain.get(0).getSubjectX500Principal().getName(),
                end,
                verdict instanceof Answer.No<TrustedSigner> no
                        ? Optional.of(no.refusal().text())
                        : Optional.empty());
    }

    private static List<X509Certificate> decoded(SignerInfo signer) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> chain = new ArrayList<>();
            for (ByteString certificate : signer.certificates()) {
                chain.add((X509Certificate) factory.generateCertificate(certificate.newInput()));
            }
            return chain;
        } catch (CertificateException e) {
            throw new IllegalStateException("they were made of certificates", e);
        }
    }
}
