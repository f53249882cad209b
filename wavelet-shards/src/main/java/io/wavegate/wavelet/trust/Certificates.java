package io.wavegate.wavelet.trust;

import com.google.protobuf.ByteString;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** Reads single certificates. */
public final class Certificates {
    private Certificates() {}

    /**
     * Reads a certificate.
     *
     * @throws CertificateException if the bytes are not exactly the DER of one
     */
    public static X509Certificate parse(ByteString der) throws CertificateException {
        X509Certificate certificate =
                (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(der.newInput());
        // Otherwise one certificate would have many signer ids: bytes behind it, or PEM.
        if (!ByteString.copyFrom(certificate.getEncoded()).equals(der)) {
            throw new CertificateException("not the DER encoding of one certificate");
        }
        return certificate;
    }
}
