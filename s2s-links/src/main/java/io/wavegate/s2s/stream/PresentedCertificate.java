package io.wavegate.s2s.stream;

/** The certificate of the peer of one connection, to be asked about any domain. */
@FunctionalInterface
public interface PresentedCertificate {
    /** A peer without a certificate, or a connection without TLS. */
    PresentedCertificate NOBODY = domain -> new PeerCertificate.None();

    /** What it is worth now for the domain (prepared). */
    PeerCertificate forDomain(String domain);
}
