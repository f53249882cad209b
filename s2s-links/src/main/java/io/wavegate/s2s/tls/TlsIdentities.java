package io.wavegate.s2s.tls;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.LocalIdentities;
import io.wavegate.s2s.stream.PeerCertificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;

/**
 * Our domains with their certificates, over JSSE. A handshake takes whatever certificate the peer has, or none;
 * {@link #judge} says what it proves.
 */
public final class TlsIdentities implements LocalIdentities {
    private final Set<String> domains;
    private volatile PeerCertificateJudge peers;
    private final Clock clock;
    private final TlsSettings settings;
    private DomainCertificates certificates;
    private volatile TlsEngines engines;

    /**
     * @param domains the domains we serve, prepared, the main one first
     * @param certificates for those domains
     * @param peers judges the others
     */
    public TlsIdentities(
            Set<String> domains,
            DomainCertificates certificates,
            PeerCertificateJudge peers,
            TlsSettings settings,
            Clock clock) {
        this.domains = Collections.unmodifiableSet(new LinkedHashSet<>(domains));
        this.peers = peers;
        this.clock = clock;
        this.settings = settings;
        this.certificates = certificates;
        this.engines = new TlsEngines(certificates, settings);
    }

    /** From now on new streams use these certificates, and no TLS session made with the old ones is resumed. */
    public synchronized void replace(DomainCertificates replacement) {
        certificates = replacement;
        engines = new TlsEngines(replacement, settings);
    }

    /** Like {@link #replace(DomainCertificates)}, for one of the domains. */
    public synchronized void replace(String domain, DomainCertificate certificate) {
        replace(certificates.with(domain, certificate));
    }

    /** From now on this judges others; streams that are up stay. */
    public void judgeBy(PeerCertificateJudge judge) {
        peers = judge;
    }

    /** Those in use now. */
    public synchronized DomainCertificates certificates() {
        return certificates;
    }

    @Override
    public Set<String> domains() {
        return domains;
    }

    @Override
    public SSLEngine serverEngine(String local) {
        return engines.server(local);
    }

    @Override
    public SSLEngine clientEngine(DomainPair pair) {
        return engines.client(pair);
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public PeerCertificate judge(List<X509Certificate> chain, String domain) {
        return peers.judge(chain, domain, clock.instant());
    }
}
