package io.wavegate.s2s.tls;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.LocalIdentities;
import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * A handshake of a domain with itself, in memory. JSSE loads some two thousand classes for the first one; done before the
 * node takes connections, no peer waits for that.
 */
public final class TlsRehearsal {
    /** Flights of a handshake, each in a few records, several times over. */
    private static final int MOST_STEPS = 200;

    private TlsRehearsal() {}

    /**
     * Does it, and judges the certificate as a peer's would be.
     *
     * @param domain one of ours
     * @throws SSLException if the handshake fails; real ones would too
     */
    public static void run(LocalIdentities identities, String domain) throws SSLException {
        SSLEngine client = identities.clientEngine(new DomainPair(domain, domain));
        SSLEngine server = identities.serverEngine(domain);
        ByteBuffer toServer = ByteBuffer.allocate(4 * client.getSession().getPacketBufferSize());
        ByteBuffer toClient = ByteBuffer.allocate(4 * client.getSession().getPacketBufferSize());
        client.beginHandshake();
        server.beginHandshake();
        for (int i = 0; i < MOST_STEPS && (isShaking(client) || isShaking(server)); i++) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
        if (isShaking(client) || isShaking(server)) {
            throw new SSLException("a handshake with ourselves does not come to an end");
        }
        identities.judge(chain(client), domain);
        client.getSession().invalidate();
        server.getSession().invalidate();
    }

    private static boolean isShaking(SSLEngine engine) {
        return engine.getHandshakeStatus() != SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
            }
            case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                in.flip();
                engine.unwrap(in, ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()));
                in.compact();
            }
            default -> {
                // It waits for the other one.
            }
        }
    }

    private static List<X509Certificate> chain(SSLEngine client) throws SSLException {
        return Arrays.stream(client.getSession().getPeerCertificates())
                .filter(X509Certificate.class::isInstance)
                .map((Certificate certificate) -> (X509Certificate) certificate)
                .toList();
    }
}
