package io.wavegate.s2s.tls;

import io.wavegate.s2s.tls.CertificateProblem.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What has to hold for a certificate of ours before a peer sees it; each failure says what to do. */
final class CertificateChecks {
    private CertificateChecks() {}

    static Optional<CertificateProblem> validity(List<X509Certificate> chain, Path file, String domain, Instant now) {
        for (X509Certificate certificate : chain) {
            String which = "The certificate of " + domain + " in " + file
                    + (certificate.equals(chain.get(0)) ? "" : " (its authority " + subject(certificate) + ")");
            Instant from = certificate.getNotBefore().toInstant();
            Instant until = certificate.getNotAfter().toInstant();
            if (now.isAfter(until)) {
                return problem(Kind.EXPIRED, which + " expired at " + until + "; renew it");
            }
            if (now.isBefore(from)) {
                return problem(
                        Kind.NOT_YET_VALID,
                        which + " is valid only from " + from + ", now it is " + now
                                + "; check the clock of this machine, or wait");
            }
        }
        return Optional.empty();
    }

    static Optional<CertificateProblem> names(X509Certificate leaf, Path file, List<String> domains) {
        List<String> missing = domains.stream()
                .filter(domain -> CertificateIdentity.matches(leaf, domain).isEmpty())
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : problem(
                        Kind.OTHER_NAME,
                        "The certificate in " + file + " does not name " + String.join(", ", missing) + "; it names "
                                + CertificateIdentity.names(leaf)
                                + " (the common name does not count); obtain one with dNSName for "
                                + String.join(", ", domains));
    }

    static Optional<CertificateProblem> strength(X509Certificate leaf, Path file, String domain) {
        return KeyStrength.weakness(leaf.getPublicKey())
                .flatMap(weakness -> problem(
                        Kind.WEAK_KEY,
                        "The certificate of " + domain + " in " + file + " has " + weakness
                                + "; make a new key and have it certified"));
    }

    /** TLS 1.2 demands the order leaf, its issuer, that one's issuer (RFC 5246 section 7.4.2); peers depend on it. */
    static Optional<CertificateProblem> order(List<X509Certificate> chain, Path file, String domain) {
        for (int i = 1; i < chain.size(); i++) {
            if (!chain.get(i - 1).getIssuerX500Principal().equals(chain.get(i).getSubjectX500Principal())) {
                return problem(
                        Kind.CHAIN_OUT_OF_ORDER,
                        "The certificate of " + domain + " in " + file
                                + " is followed by one that did not issue it: number "
                                + (i + 1) + ", " + subject(chain.get(i)) + ", is not the authority of number " + i
                                + "; put the domain's certificate first and after each the one that issued it");
            }
        }
        return Optional.empty();
    }

    static Optional<CertificateProblem> pair(
            X509Certificate leaf, PrivateKey key, Path chainFile, Path keyFile, String domain) {
        return signsFor(leaf, key)
                ? Optional.empty()
                : problem(
                        Kind.KEY_OF_OTHER_CERTIFICATE,
                        "The key of " + domain + " in " + keyFile + " does not belong to the certificate in "
                                + chainFile + "; configure the key that the certificate was requested with");
    }

    /** Whether what the key signs verifies with the certificate, for any algorithm without looking inside the keys. */
    private static boolean signsFor(X509Certificate leaf, PrivateKey key) {
        if (!leaf.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        try {
            byte[] probe = domainSeparated(leaf);
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(leaf.getPublicKey());
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException unusable) {
            return false;
        }
    }

    private static byte[] domainSeparated(X509Certificate leaf) {
        return ("wavegate key check " + leaf.getSerialNumber()).getBytes(StandardCharsets.US_ASCII);
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static Optional<CertificateProblem> problem(Kind kind, String text) {
        return Optional.of(new CertificateProblem(kind, text));
    }
}
