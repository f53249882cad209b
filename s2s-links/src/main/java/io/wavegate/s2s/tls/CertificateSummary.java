package io.wavegate.s2s.tls;

import io.wavegate.s2s.check.CertificateFacts;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;
import java.util.List;

/** Certificates in words. */
public final class CertificateSummary {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    private CertificateSummary() {}

    /** A chain, in its order. */
    public static List<CertificateFacts> of(List<X509Certificate> chain) {
        return chain.stream().map(CertificateSummary::of).toList();
    }

    private static CertificateFacts of(X509Certificate certificate) {
        return new CertificateFacts(
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                CertificateIdentity.names(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                key(certificate.getPublicKey()),
                serves(certificate, SERVER_AUTH),
                serves(certificate, CLIENT_AUTH),
                hasXmppAddress(certificate),
                fingerprint(certificate),
                KeyFingerprint.of(certificate.getPublicKey()));
    }

    private static String key(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return "RSA " + rsa.getModulus().bitLength();
        }
        return key instanceof ECPublicKey ec ? "EC " + ec.getParams().getOrder().bitLength() : key.getAlgorithm();
    }

    private static boolean serves(X509Certificate certificate, String purpose) {
        try {
            List<String> usages = certificate.getExtendedKeyUsage();
            return usages == null || usages.contains(purpose) || usages.contains(ANY_PURPOSE);
        } catch (CertificateParsingException unreadable) {
            return false;
        }
    }

    private static boolean hasXmppAddress(X509Certificate certificate) {
        try {
            return SubjectAltNames.of(certificate).stream().anyMatch(PresentedName.XmppAddress.class::isInstance);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("it was decoded, and every JDK has SHA-256", e);
        }
    }
}
