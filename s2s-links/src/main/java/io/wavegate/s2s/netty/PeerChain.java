package io.wavegate.s2s.netty;

import io.wavegate.s2s.stream.LocalIdentities;
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

/** The chain that the peer showed in the handshake. */
final class PeerChain {
    private PeerChain() {}

    static PresentedCertificate of(SSLSession session, LocalIdentities identities) {
        List<X509Certificate> chain = chain(session);
        return domain -> identities.judge(chain, domain);
    }

    /** Who vouches for the domain; empty if no certificate was shown. */
    static Optional<Voucher> voucher(SSLSession session, LocalIdentities identities, String domain) {
        List<X509Certificate> chain = chain(session);
        return chain.stream().findFirst().map(leaf -> identities
                .judge(chain, domain)
                .voucher(leaf.getSubjectX500Principal().getName(), KeyFingerprint.of(leaf.getPublicKey())));
    }

    static List<X509Certificate> chain(SSLSession session) {
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
