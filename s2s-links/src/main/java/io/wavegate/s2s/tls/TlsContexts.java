package io.wavegate.s2s.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.wavegate.s2s.resolve.ALabels;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Makes the TLS handlers of streams, one per handshake. A handshake takes whatever certificate the peer has, or none; what it
 * proves is judged afterwards from {@link #peerChain}, see {@link io.wavegate.s2s.stream.PeerCertificates}. Safe for use
 * by many threads.
 */
public final class TlsContexts {
    static {
        // JSSE reads this once. A peer that renegotiates makes us compute for it again and again (CVE-2021-32920
        // class),
        // and could change its certificate behind an authentication that is done.
        if (System.getProperty("jdk.tls.rejectClientInitiatedRenegotiation") == null) {
            System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        }
    }

    private final DomainCertificates certificates;
    private final SslContext client;
    private final SslContext server;

    /** @throws SSLException if this JVM lacks the protocols or ciphers */
    public TlsContexts(DomainCertificates certificates, TlsSettings settings) throws SSLException {
        this.certificates = certificates;
        DomainKeys keys = new DomainKeys(certificates);
        AnyCertificate trust = new AnyCertificate();
        this.client = common(SslContextBuilder.forClient().keyManager(keys).trustManager(trust), settings)
                .endpointIdentificationAlgorithm(null)
                .build();
        this.server = common(SslContextBuilder.forServer(keys).trustManager(trust), settings)
                .clientAuth(ClientAuth.OPTIONAL)
                .build();
    }

    private static SslContextBuilder common(SslContextBuilder builder, TlsSettings settings) {
        return builder.sslProvider(SslProvider.JDK)
                .protocols(settings.protocols())
                .ciphers(settings.ciphers())
                .sessionCacheSize(settings.sessionCacheSize())
                .sessionTimeout(settings.sessionTimeout().toSeconds());
    }

    /**
     * For a stream we opened, after {@code <proceed/>}.
     *
     * @param localDomain whose certificate to offer
     * @param remoteDomain the stream's {@code to}: named in SNI, whatever host the SRV record gave
     */
    public SslHandler client(String localDomain, String remoteDomain, ByteBufAllocator allocator) {
        // Sessions are cached by (peer host, port): the pair of domains stands for the host, so that a session is
        // resumed
        // only under the identity it was made for.
        SSLEngine engine = client.newEngine(allocator, DomainKeys.hint(localDomain, remoteDomain), 0);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(serverName(remoteDomain));
        engine.setSSLParameters(parameters);
        return new SslHandler(engine);
    }

    /** A domain that is no host name (an underscore, say) goes without SNI. */
    private static List<SNIServerName> serverName(String domain) {
        try {
            return List.of(new SNIHostName(ALabels.of(domain)));
        } catch (IllegalArgumentException notAHostName) {
            return List.of();
        }
    }

    /**
     * For a stream we accepted, after {@code <starttls/>}. SNI decides which certificate is shown if it names one of our
     * domains, else the stream's {@code to} (spec 6.1).
     *
     * @param toDomain the stream's {@code to}, a domain of ours
     */
    public SslHandler server(String toDomain, ByteBufAllocator allocator) {
        return new SslHandler(server.newEngine(allocator, toDomain, 0));
    }

    /** Whether there is a certificate for this domain of ours; without one it can neither accept nor open TLS streams. */
    public boolean covers(String domain) {
        return certificates.forDomain(domain).isPresent();
    }

    /** What the peer sent in the handshake, leaf first; empty if nothing. Call after the handshake. */
    public static List<X509Certificate> peerChain(SSLSession session) {
        try {
            List<X509Certificate> chain = new ArrayList<>();
            for (Certificate certificate : session.getPeerCertificates()) {
                if (certificate instanceof X509Certificate x509) {
                    chain.add(x509);
                }
            }
            return chain;
        } catch (SSLPeerUnverifiedException noneSent) {
            return List.of();
        }
    }
}
