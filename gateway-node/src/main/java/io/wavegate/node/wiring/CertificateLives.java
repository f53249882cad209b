package io.wavegate.node.wiring;

import com.google.protobuf.ByteString;
import io.wavegate.node.admin.CertificateLife;
import io.wavegate.s2s.tls.CertificateIdentity;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.entity.LocalDomain;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Our certificates as an operator sees them. */
final class CertificateLives {
    private CertificateLives() {}

    static List<CertificateLife> of(LoadedDomains domains) {
        List<CertificateLife> lives = new ArrayList<>();
        for (String domain : domains.names()) {
            domains.certificates()
                    .forDomain(domain)
                    .ifPresent(certificate -> lives.add(life(domain, "tls", certificate.chain())));
        }
        for (LocalDomain domain : domains.signers()) {
            lives.add(life(domain.name(), "signing", chain(domain.signer().info())));
        }
        return lives;
    }

    private static List<X509Certificate> chain(SignerInfo signer) {
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

    private static CertificateLife life(String domain, String use, List<X509Certificate> chain) {
        X509Certificate leaf = chain.get(0);
        Instant end = chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
        return new CertificateLife(
                domain,
                use,
                leaf.getSubjectX500Principal().getName(),
                leaf.getIssuerX500Principal().getName(),
                CertificateIdentity.names(leaf),
                leaf.getNotBefore().toInstant(),
                end);
    }
}
