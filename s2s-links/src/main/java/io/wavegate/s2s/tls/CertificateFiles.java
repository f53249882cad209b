package io.wavegate.s2s.tls;

import io.wavegate.s2s.tls.CertificateProblem.Kind;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** Reads and checks the certificate chain and key of one of our domains; used at start and by {@code config check}. */
public final class CertificateFiles {
    private CertificateFiles() {}

    /**
     * @param domains what the certificate has to name, prepared: the domain and those below it that it serves; empty for an
     *     authority
     * @param chainFile PEM, leaf first
     * @param keyFile PEM: PKCS#8, PKCS#1 or SEC 1, not encrypted; may be the same file
     * @param now when it has to be valid
     */
    public static LoadedCertificate load(List<String> domains, Path chainFile, Path keyFile, Instant now) {
        String domain = domains.isEmpty() ? "an authority" : domains.get(0);
        try {
            List<X509Certificate> chain = certificates(chainFile, "certificate of " + domain);
            PrivateKey key = key(keyFile, "key of " + domain);
            List<CertificateProblem> problems = new ArrayList<>();
            CertificateChecks.validity(chain, chainFile, domain, now).ifPresent(problems::add);
            CertificateChecks.names(chain.get(0), chainFile, domains).ifPresent(problems::add);
            CertificateChecks.strength(chain.get(0), chainFile, domain).ifPresent(problems::add);
            CertificateChecks.order(chain, chainFile, domain).ifPresent(problems::add);
            CertificateChecks.pair(chain.get(0), key, chainFile, keyFile, domain)
                    .ifPresent(problems::add);
            return problems.isEmpty()
                    ? new LoadedCertificate.Usable(new DomainCertificate(chain, key))
                    : new LoadedCertificate.Broken(problems);
        } catch (CertificateProblemException e) {
            return new LoadedCertificate.Broken(List.of(e.problem()));
        }
    }

    /** All certificates of a PEM file, in its order, at least one. */
    static List<X509Certificate> certificates(Path file, String what) throws CertificateProblemException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Object object : PemFile.read(file, what)) {
            if (object instanceof X509CertificateHolder holder) {
                try {
                    certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
                } catch (CertificateException e) {
                    throw new CertificateProblemException(
                            Kind.NOT_PEM,
                            "The " + what + " in " + file + " cannot be understood (" + e.getMessage()
                                    + "); write the file anew from where you have it");
                }
            }
        }
        if (certificates.isEmpty()) {
            throw new CertificateProblemException(
                    Kind.NO_CERTIFICATE,
                    "The file " + file + " for the " + what
                            + " has no certificate in it; are certificate and key swapped?");
        }
        return certificates;
    }

    private static PrivateKey key(Path file, String what) throws CertificateProblemException {
        for (Object object : PemFile.read(file, what)) {
            if (object instanceof PKCS8EncryptedPrivateKeyInfo || object instanceof PEMEncryptedKeyPair) {
                throw new CertificateProblemException(
                        Kind.KEY_ENCRYPTED,
                        "The " + what + " in " + file + " is encrypted with a passphrase; write it without one"
                                + " (openssl pkey -in OLD -out NEW) and protect the file by its permissions");
            }
            Optional<PrivateKeyInfo> info = privateKey(object);
            if (info.isPresent()) {
                try {
                    return new JcaPEMKeyConverter().getPrivateKey(info.get());
                } catch (PEMException e) {
                    throw new CertificateProblemException(
                            Kind.KEY_UNUSABLE,
                            "The " + what + " in " + file + " cannot be used (" + e.getMessage()
                                    + "); make an RSA or EC key");
                }
            }
        }
        throw new CertificateProblemException(
                Kind.NO_KEY,
                "The file " + file + " for the " + what
                        + " has no private key in it; are certificate and key swapped?");
    }

    private static Optional<PrivateKeyInfo> privateKey(Object object) {
        if (object instanceof PrivateKeyInfo info) {
            return Optional.of(info);
        }
        return object instanceof PEMKeyPair pair ? Optional.of(pair.getPrivateKeyInfo()) : Optional.empty();
    }
}
