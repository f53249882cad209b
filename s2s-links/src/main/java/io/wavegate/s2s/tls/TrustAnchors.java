package io.wavegate.s2s.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The authorities that can vouch for other domains. */
public final class TrustAnchors {
    private TrustAnchors() {}

    /**
     * Those of the configured files and, if wanted, those of the JVM.
     *
     * @throws CertificateProblemException naming the file that cannot be used
     */
    public static Set<TrustAnchor> load(TlsSettings settings) throws CertificateProblemException {
        Set<TrustAnchor> anchors = new LinkedHashSet<>();
        for (Path file : settings.trustAnchors()) {
            for (X509Certificate authority : CertificateFiles.certificates(file, "trust anchors")) {
                anchors.add(new TrustAnchor(authority, null));
            }
        }
        if (settings.systemAnchors()) {
            anchors.addAll(system());
        }
        return anchors;
    }

    /** Those of the JVM. */
    public static Set<TrustAnchor> system() {
        Set<TrustAnchor> anchors = new LinkedHashSet<>();
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    for (X509Certificate authority : x509.getAcceptedIssuers()) {
                        anchors.add(new TrustAnchor(authority, null));
                    }
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no certificate authorities: " + e.getMessage(), e);
        }
        return anchors;
    }
}
