package io.wavegate.wavelet.trust;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.api.SignerInfo;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Validates signers' chains (spec section 6): PKIX to our roots at a given time, signer first and each followed by its
 * issuer, without revocation lists. Costs one signature verification for each certificate: keep the result.
 */
public final class CertificateChain {
    private CertificateChain() {}

    /**
     * Validates a chain.
     *
     * @param atMillis when it must have been valid, milliseconds since the epoch
     * @return the signer; or a refusal, {@code BAD_SIGNATURE}, {@code TOO_LARGE} or {@code MALFORMED}
     */
    public static Answer<TrustedSigner> validate(SignerInfo signer, TrustPolicy policy, long atMillis) {
        Optional<Refusal> size = size(signer.certificates(), policy);
        if (size.isPresent()) {
            return new Answer.No<>(size.get());
        }
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (ByteString certificate : signer.certificates()) {
                chain.add(Certificates.parse(certificate));
            }
        } catch (GeneralSecurityException e) {
            return refused(
                    Reason.MALFORMED, signer, "certificate " + chain.size() + " cannot be read: " + e.getMessage());
        }
        Optional<String> weakness =
                chain.stream().flatMap(c -> weakness(c, policy).stream()).findFirst();
        if (weakness.isPresent()) {
            return refused(Reason.BAD_SIGNATURE, signer, weakness.get());
        } else if (chain.get(0).getBasicConstraints() >= 0) {
            return refused(
                    Reason.BAD_SIGNATURE,
                    signer,
                    "the first certificate is an authority's: the signer's own must come first, its issuer next");
        }
        try {
            pkix(chain, policy, atMillis);
            return new Answer.Ok<>(trusted(signer, chain));
        } catch (GeneralSecurityException e) {
            return refused(Reason.BAD_SIGNATURE, signer, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Refusal> size(List<ByteString> certificates, TrustPolicy policy) {
        if (certificates.isEmpty()) {
            return Optional.of(new Refusal(Reason.MALFORMED, "the signer has no certificates"));
        } else if (certificates.size() > policy.maxCertificates()
                || certificates.stream().anyMatch(c -> c.size() > policy.maxCertificateBytes())) {
            return Optional.of(new Refusal(
                    Reason.TOO_LARGE,
                    "the signer's chain is over the limit of " + policy.maxCertificates() + " certificates of "
                            + policy.maxCertificateBytes() + " bytes"));
        } else if (new HashSet<>(certificates).size() < certificates.size()) {
            return Optional.of(new Refusal(Reason.BAD_SIGNATURE, "the signer's chain has a certificate twice"));
        }
        return Optional.empty();
    }

    private static Optional<String> weakness(X509Certificate certificate, TrustPolicy policy) {
        if (certificate.getPublicKey() instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            if (bits < policy.minRsaBits() || bits > policy.maxRsaBits()) {
                return Optional.of("the RSA key of " + certificate.getSubjectX500Principal() + " has " + bits
                        + " bits, not " + policy.minRsaBits() + " to " + policy.maxRsaBits());
            }
        }
        // How a root signed itself says nothing: it is trusted for being configured.
        boolean root = policy.anchors().stream().anyMatch(anchor -> certificate.equals(anchor.getTrustedCert()));
        return !root
                        && !policy.sha1Certificates()
                        && certificate.getSigAlgName().startsWith("SHA1")
                ? Optional.of("the certificate of " + certificate.getSubjectX500Principal() + " is signed with SHA-1")
                : Optional.empty();
    }

    private static void pkix(List<X509Certificate> chain, TrustPolicy policy, long atMillis)
            throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(policy.anchors());
        parameters.setRevocationEnabled(false);
        parameters.setDate(new Date(atMillis));
        parameters.addCertPathChecker(new WaveExtensionChecker());
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
    }

    private static TrustedSigner trusted(SignerInfo signer, List<X509Certificate> chain)
            throws GeneralSecurityException {
        long notBefore =
                chain.stream().mapToLong(c -> c.getNotBefore().getTime()).max().orElseThrow();
        long notAfter =
                chain.stream().mapToLong(c -> c.getNotAfter().getTime()).min().orElseThrow();
        X509Certificate own = chain.get(0);
        return new TrustedSigner(
                SignerId.of(signer), signer, own.getPublicKey(), SignerNames.of(own), notBefore, notAfter);
    }

    private static Answer<TrustedSigner> refused(Reason reason, SignerInfo signer, String text) {
        return new Answer.No<>(new Refusal(
                reason,
                "the certificates of the signer that claims to be " + signer.domain() + " do not hold: " + text));
    }
}
