package io.wavegate.s2s.stream;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;

/**
 * Who we are and whom we believe: our domains, their certificates, and the judgement of others' certificates. Safe for
 * use by many threads; certificates may be replaced while streams are up, new engines then use the new ones.
 */
public interface LocalIdentities {
    /** The domains we serve, prepared. The first is the one named where the peer did not say whom it wants. */
    Set<String> domains();

    /**
     * An engine for the receiving side, not yet used: TLS 1.2 and 1.3 only, client certificate wanted but never
     * required, and any certificate let through the handshake, for {@link #judge} to decide (RFC 6120 section 5.4.3: its
     * absence has to lead to dialback or to a readable error).
     *
     * @param local the domain in the stream's {@code to}; the engine prefers the name in SNI if that is ours
     */
    SSLEngine serverEngine(String local);

    /**
     * An engine for the initiating side: sends {@code pair.remote()} in its A-label form as SNI, offers the certificate of
     * {@code pair.local()}, and lets any certificate of the peer through, for {@link #judge} to decide.
     */
    SSLEngine clientEngine(DomainPair pair);

    /** What certificates are judged by. */
    InstantSource clock();

    /**
     * Judges now what a peer's chain is worth for a domain: path, time, names, purpose (as a server's in either role).
     *
     * @param chain leaf first as presented, empty if none was
     * @param domain the domain to be proved, prepared
     */
    PeerCertificate judge(List<X509Certificate> chain, String domain);
}
