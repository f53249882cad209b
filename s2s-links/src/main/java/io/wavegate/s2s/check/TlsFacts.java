package io.wavegate.s2s.check;

import io.wavegate.s2s.stream.PeerCertificate;
import io.wavegate.s2s.vouch.Voucher;
import java.util.List;
import java.util.Optional;

/**
 * A TLS handshake that succeeded.
 *
 * @param version such as {@code TLSv1.3}
 * @param cipher the suite
 * @param chain as sent, the domain's own first; empty if none was
 * @param verdict what it is worth for the domain by our anchors
 * @param millis how long the handshake took
 */
public record TlsFacts(
        String version, String cipher, List<CertificateFacts> chain, PeerCertificate verdict, long millis) {
    public TlsFacts {
        chain = List.copyOf(chain);
    }

    /** Who vouches for the domain; empty if no certificate was shown. */
    public Optional<Voucher> voucher() {
        return chain.stream().findFirst().map(leaf -> verdict.voucher(leaf.subject(), leaf.keyFingerprint()));
    }
}
