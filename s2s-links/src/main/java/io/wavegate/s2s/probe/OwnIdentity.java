package io.wavegate.s2s.probe;

import io.wavegate.s2s.check.CertificateFacts;
import io.wavegate.s2s.check.SignerFacts;
import io.wavegate.s2s.stream.PeerCertificate;
import java.util.List;
import java.util.Optional;

/**
 * What one of our domains shows.
 *
 * @param chain its certificate for TLS and what is sent with it
 * @param judged what it is worth by our own anchors
 * @param publicly what it is worth by the authorities that everybody trusts
 * @param signer who signs its deltas
 */
public record OwnIdentity(
        List<CertificateFacts> chain, PeerCertificate judged, PeerCertificate publicly, Optional<SignerFacts> signer) {
    public OwnIdentity {
        chain = List.copyOf(chain);
    }
}
