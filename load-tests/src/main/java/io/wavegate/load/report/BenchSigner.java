package io.wavegate.load.report;

import com.google.protobuf.ByteString;
import io.wavegate.node.devca.DevelopmentCa;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.trust.CertificateChain;
import io.wavegate.wavelet.trust.DeltaSigner;
import io.wavegate.wavelet.trust.Pem;
import io.wavegate.wavelet.trust.TrustPolicy;
import io.wavegate.wavelet.trust.TrustedSigner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;

/**
 * A domain's signer with an RSA-2048 key of a development authority, and how others trust it.
 *
 * @param domain whose
 * @param signer signs
 * @param trust accepts the authority
 */
record BenchSigner(String domain, DeltaSigner signer, TrustPolicy trust) {
    static BenchSigner of(String domain) throws IOException, GeneralSecurityException {
        return of(domain, authority());
    }

    /** An authority for several domains, which then trust each other. */
    static DevelopmentCa authority() throws IOException {
        return DevelopmentCa.in(Files.createTempDirectory("wavegate-bench-ca"), Clock.systemUTC());
    }

    static BenchSigner of(String domain, DevelopmentCa ca) throws IOException, GeneralSecurityException {
        DevelopmentCa.CertificateAndKey files = ca.issue(domain);
        List<ByteString> chain = Pem.certificates(Files.readString(files.certificate()));
        DeltaSigner signer = new DeltaSigner(
                new SignerInfo(SignerInfo.HashAlgorithm.SHA256, domain, chain),
                Pem.rsaPrivateKey(Files.readString(files.key())));
        X509Certificate root = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(ca.anchor())));
        return new BenchSigner(domain, signer, TrustPolicy.of(List.of(root)));
    }

    TrustedSigner trusted() {
        Answer<TrustedSigner> checked = CertificateChain.validate(
                signer.info(), trust, Clock.systemUTC().millis());
        if (checked instanceof Answer.Ok<TrustedSigner> ok) {
            return ok.value();
        }
        throw new IllegalStateException(checked.toString());
    }
}
