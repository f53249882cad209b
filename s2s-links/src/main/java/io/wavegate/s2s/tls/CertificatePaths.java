package io.wavegate.s2s.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** PKIX paths from a leaf, through what came with it, to an authority that is trusted here. Reaches no network. */
final class CertificatePaths {
    /** Intermediates allowed between leaf and anchor. */
    private static final int MAXIMUM_PATH = 5;

    /** How deep a cause is looked for in exceptions that wrap each other. */
    private static final int MAXIMUM_CAUSES = 8;

    private final Set<TrustAnchor> anchors;

    CertificatePaths(Set<TrustAnchor> anchors) {
        this.anchors = Set.copyOf(anchors);
    }

    boolean hasAnchors() {
        return !anchors.isEmpty();
    }

    /** Whether an authority of this name is trusted here. */
    boolean knows(X509Certificate authority) {
        return anchors.stream()
                .map(TrustAnchor::getTrustedCert)
                .anyMatch(anchor ->
                        anchor != null && anchor.getSubjectX500Principal().equals(authority.getSubjectX500Principal()));
    }

    /**
     * @param chain leaf first
     * @throws GeneralSecurityException saying why there is no path
     */
    PKIXCertPathBuilderResult build(List<X509Certificate> chain, Instant now) throws GeneralSecurityException {
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(chain.get(0));
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
        parameters.setDate(Date.from(now));
        parameters.setMaxPathLength(MAXIMUM_PATH);
        parameters.setRevocationEnabled(false);
        return (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
    }

    /** What is at the bottom of an exception, in words. */
    static String reason(Throwable thrown) {
        Throwable last = thrown;
        for (int depth = 0; depth < MAXIMUM_CAUSES && last.getCause() != null; depth++) {
            last = last.getCause();
        }
        String message = last.getMessage();
        return message == null ? last.getClass().getSimpleName() : message;
    }
}
