package io.wavegate.s2s.netty;

import io.wavegate.s2s.stream.LocalIdentities;
import io.wavegate.s2s.stream.PeerCertificate;
import io.wavegate.s2s.stream.PresentedCertificate;
import io.wavegate.s2s.tls.KeyFingerprint;
import io.wavegate.s2s.vouch.Voucher;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * The chain that the peer showed in the handshake.
 *
 * @param session that the handshake led to
 * @param chain leaf first; empty if none was shown
 * @param identities judge it
 */
record PeerChain(SSLSession session, List<X509Certificate> chain, LocalIdentities identities)
        implements PresentedCertificate {
    static PeerChain of(SSLSession session, LocalIdentities identities) {
        return new PeerChain(session, chain(session), identities);
    }

    @Override
    public PeerCertificate forDomain(String domain) {
        return identities.judge(chain, domain);
    }

    /** Who vouches for the domain; empty if no certificate was shown. */
    Optional<Voucher> voucher(String domain) {
        return chain.stream().findFirst().map(leaf -> forDomain(domain)
                .voucher(leaf.getSubjectX500Principal().getName(), KeyFingerprint.of(leaf.getPublicKey())));
    }

    private static List<X509Certificate> chain(SSLSession session) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate certificate : session.getPeerCertificates()) {
                if (certificate instanceof X509Certificate x509) {
                    chain.add(x509);
                }
            }
        } catch (SSLPeerUnverifiedException noCertificate) {
            return List.of();
        }
        return List.copyOf(chain);
    }
}
