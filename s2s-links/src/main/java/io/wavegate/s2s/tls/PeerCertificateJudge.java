package io.wavegate.s2s.tls;

import io.wavegate.s2s.stream.PeerCertificate;
import io.wavegate.s2s.stream.PeerCertificate.Trusted;
import io.wavegate.s2s.stream.PeerCertificate.Untrusted;
import io.wavegate.s2s.vouch.Authority;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges peers by PKIX path to the configured anchors, as servers in both directions, and by the names of the leaf
 * (spec 7). Reaches no network: revocation is not looked up.
 */
public final class PeerCertificateJudge {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    private final CertificatePaths paths;

    /** @param anchors may be empty: then no certificate proves anything */
    public PeerCertificateJudge(Set<TrustAnchor> anchors) {
        paths = new CertificatePaths(anchors);
    }

    /**
     * @param chain as sent, leaf first; empty when none was sent
     * @param domain prepared domain the peer claims, never an SRV target
     * @param now the moment the certificates have to be valid at
     */
    public PeerCertificate judge(List<X509Certificate> chain, String domain, Instant now) {
        if (chain.isEmpty()) {
            return new PeerCertificate.None();
        }
        X509Certificate leaf = chain.get(0);
        return validity(leaf, domain, now)
                .or(() -> purposeFault(leaf)
                        .flatMap(fault -> refused("The certificate of " + domain + " " + fault
                                + "; its operator has to obtain one for a server")))
                .or(() -> strength(leaf, domain))
                .map(PeerCertificate.class::cast)
                .orElseGet(() -> path(chain, domain, now));
    }

    private static Optional<Untrusted> validity(X509Certificate leaf, String domain, Instant now) {
        if (now.isBefore(leaf.getNotBefore().toInstant())) {
            return refused("The certificate of " + domain + " is valid only from "
                    + leaf.getNotBefore().toInstant() + "; check the clocks of both machines");
        }
        if (now.isAfter(leaf.getNotAfter().toInstant())) {
            return refused("The certificate of " + domain + " expired at "
                    + leaf.getNotAfter().toInstant() + "; its operator has to renew it");
        }
        return Optional.empty();
    }

    /**
     * Why a certificate is none of a server; empty if it is. No extended key usage will do, or serverAuth among them;
     * clientAuth alone does not prove a server. A CA is no server.
     */
    static Optional<String> purposeFault(X509Certificate leaf) {
        try {
            List<String> usages = leaf.getExtendedKeyUsage();
            if (usages != null && !usages.contains(SERVER_AUTH) && !usages.contains(ANY_PURPOSE)) {
                return Optional.of("is not one of a server (extended key usage " + usages + " lacks serverAuth)");
            }
        } catch (CertificateParsingException e) {
            return Optional.of("has an unreadable extended key usage (" + e.getMessage() + ")");
        }
        boolean[] keyUsage = leaf.getKeyUsage();
        return leaf.getBasicConstraints() >= 0 || (keyUsage != null && !keyUsage[0])
                ? Optional.of("is one of an authority or may not sign (basicConstraints, keyUsage)")
                : Optional.empty();
    }

    private static Optional<Untrusted> strength(X509Certificate leaf, String domain) {
        return KeyStrength.weakness(leaf.getPublicKey())
                .flatMap(weakness -> refused(
                        "The certificate of " + domain + " has " + weakness + "; its operator has to make a new key"));
    }

    private PeerCertificate path(List<X509Certificate> chain, String domain, Instant now) {
        X509Certificate leaf = chain.get(0);
        if (!paths.hasAnchors()) {
            return untrusted(leaf, domain, "no authorities are configured here");
        }
        PKIXCertPathBuilderResult path;
        try {
            path = paths.build(chain, now);
        } catch (CertPathBuilderException e) {
            return untrusted(leaf, domain, CertificatePaths.reason(e));
        } catch (GeneralSecurityException e) {
            return new Untrusted("The certificate of " + domain + " cannot be checked (" + e.getMessage()
                    + "); its operator has to replace it");
        }
        Optional<String> name = CertificateIdentity.matches(leaf, domain);
        if (name.isEmpty()) {
            return new Untrusted(
                    "The certificate of " + domain + " names " + CertificateIdentity.names(leaf) + " and not " + domain
                            + "; its operator has to obtain one that has it as dNSName",
                    Optional.of(authority(path)));
        }
        return new Trusted(name.get(), leaf.getSubjectX500Principal().getName(), end(path), authority(path));
    }

    private static Authority authority(PKIXCertPathBuilderResult path) {
        X509Certificate certificate = path.getTrustAnchor().getTrustedCert();
        return certificate == null
                ? new Authority(
                        path.getTrustAnchor().getCAName(),
                        KeyFingerprint.of(path.getTrustAnchor().getCAPublicKey()))
                : new Authority(
                        certificate.getSubjectX500Principal().getName(), KeyFingerprint.of(certificate.getPublicKey()));
    }

    /** The moment the first certificate of the path ends. */
    private static Instant end(PKIXCertPathBuilderResult path) {
        Instant end = Instant.MAX;
        for (Certificate certificate : path.getCertPath().getCertificates()) {
            if (certificate instanceof X509Certificate x509) {
                Instant notAfter = x509.getNotAfter().toInstant();
                end = notAfter.isBefore(end) ? notAfter : end;
            }
        }
        return end;
    }

    private static Untrusted untrusted(X509Certificate leaf, String domain, String why) {
        return new Untrusted("The certificate of " + domain + ", issued by "
                + leaf.getIssuerX500Principal().getName()
                + ", does not lead to an authority trusted here (" + why
                + "); if it should, its operator has to send the whole chain, or you add the authority to"
                + " wavegate.s2s.tls.trust-anchors");
    }

    private static Optional<Untrusted> refused(String text) {
        return Optional.of(new Untrusted(text));
    }
}
