package io.wavegate.s2s.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets every handshake through. Judging in the handshake would end the connection without a word in XMPP, and JSSE
 * would demand {@code clientAuth} of peers that connect to us; {@link PeerCertificateJudge} judges after it, and nothing
 * counts as authenticated before.
 */
final class AnyCertificate extends X509ExtendedTrustManager {
    /** Far above any real chain; a peer cannot make us keep more. */
    private static final int MAXIMUM_CHAIN = 10;

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        bound(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        bound(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        bound(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        bound(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        bound(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        bound(chain);
    }

    /** No hints to the peer: any certificate it has is welcome. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private static void bound(X509Certificate[] chain) throws CertificateException {
        if (chain.length > MAXIMUM_CHAIN) {
            throw new CertificateException(
                    "certificate chain of " + chain.length + " certificates, at most " + MAXIMUM_CHAIN + " are taken");
        }
    }
}
