package io.wavegate.s2s.stream;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * Judges the certificate of a peer. The TLS handshake takes any certificate, so that dialback or a readable error can
 * follow; this decides what it proves. A peer is judged as a server in both directions: public CAs no longer issue
 * {@code clientAuth} (spec 7).
 */
public interface PeerCertificates {
    /**
     * @param chain as sent, leaf first; empty when none was sent
     * @param domain prepared domain the peer claims: the stream's {@code to} for those we connect to, {@code from} or the
     *     {@code db:result}'s {@code from} for those that connect to us; never an SRV target
     * @param now the moment the certificates have to be valid at
     */
    PeerCertificateVerdict judge(List<X509Certificate> chain, String domain, Instant now);
}
