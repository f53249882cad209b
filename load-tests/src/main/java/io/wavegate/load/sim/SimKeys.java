package io.wavegate.load.sim;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.trust.DeltaSigner;
import io.wavegate.wavelet.trust.Pem;
import io.wavegate.wavelet.trust.TrustPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Signers of the simulation's domains: fixed, since signatures are part of every hash, and with keys as short as RSA allows,
 * since a run signs for real. Worth nothing outside of it.
 */
final class SimKeys {
    static final String[] DOMAINS = {"a.test", "b.test", "c.test", "d.test"};

    private final Map<String, DeltaSigner> signers = new LinkedHashMap<>();
    private final Map<String, PublicKey> publicKeys = new LinkedHashMap<>();
    private final TrustPolicy trust;

    SimKeys() {
        Set<TrustAnchor> anchors = new HashSet<>();
        try {
            for (String domain : DOMAINS) {
                String text = text(domain);
                SignerInfo info = new SignerInfo(SignerInfo.HashAlgorithm.SHA256, domain, Pem.certificates(text));
                ByteString own = info.certificates().get(0);
                X509Certificate certificate = (X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(own.newInput());
                anchors.add(new TrustAnchor(certificate, null));
                publicKeys.put(domain, certificate.getPublicKey());
                signers.put(domain, new DeltaSigner(info, Pem.rsaPrivateKey(text)));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keys of the simulation do not load", e);
        }
        this.trust = new TrustPolicy(anchors, 10, 16 * 1024, 1024, 8192, false);
    }

    private static String text(String domain) {
        try (InputStream in = SimKeys.class.getResourceAsStream(domain + ".pem")) {
            if (in == null) {
                throw new IllegalStateException("no key of " + domain);
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DeltaSigner signer(String domain) {
        DeltaSigner signer = signers.get(domain);
        if (signer == null) {
            throw new IllegalArgumentException("no signer of " + domain);
        }
        return signer;
    }

    /** What the signatures of each domain are verified with. */
    Map<String, PublicKey> publicKeys() {
        return publicKeys;
    }

    TrustPolicy trust() {
        return trust;
    }
}
