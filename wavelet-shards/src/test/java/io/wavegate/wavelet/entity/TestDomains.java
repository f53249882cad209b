package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.trust.DeltaSigner;
import io.wavegate.wavelet.trust.TrustPolicy;
import java.io.InputStream;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;

/** The domains a.test, b.test and c.test with keys of their own, each trusted. */
final class TestDomains {
    static final LocalDomain A = load("a.test");
    static final LocalDomain B = load("b.test");
    static final LocalDomain C = load("c.test");
    static final TrustPolicy TRUST = TrustPolicy.of(Stream.of("a.test", "b.test", "c.test")
            .map(TestDomains::certificate)
            .toList());

    private TestDomains() {}

    private static LocalDomain load(String domain) {
        try {
            PrivateKey key = (PrivateKey) store(domain).getKey("key", "testtest".toCharArray());
            SignerInfo info = new SignerInfo(
                    SignerInfo.HashAlgorithm.SHA256,
                    domain,
                    List.of(ByteString.copyFrom(certificate(domain).getEncoded())));
            return new LocalDomain(domain, new DeltaSigner(info, key));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate certificate(String domain) {
        try {
            return (X509Certificate) store(domain).getCertificate("key");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore store(String domain) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = TestDomains.class.getResourceAsStream("/keys/" + domain + ".p12")) {
            store.load(in, "testtest".toCharArray());
        }
        return store;
    }
}
