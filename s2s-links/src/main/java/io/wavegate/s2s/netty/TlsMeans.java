package io.wavegate.s2s.netty;

import io.wavegate.s2s.stream.LocalIdentities;
import io.wavegate.s2s.wire.Handshake;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;

/**
 * What TLS needs.
 *
 * @param identities who we are and whom we believe
 * @param executor does the arithmetic of handshakes, away from the event loops
 */
record TlsMeans(LocalIdentities identities, Executor executor) {
    /** For one handshake. */
    SSLEngine engine(Handshake handshake) {
        SSLEngine engine = plain(handshake);
        return handshake.directTls() ? ServerAlpn.set(engine) : engine;
    }

    private SSLEngine plain(Handshake handshake) {
        if (handshake instanceof Handshake.Client client) {
            return identities.clientEngine(client.pair());
        }
        return identities.serverEngine(((Handshake.Server) handshake)
                .local()
                .orElseGet(() -> identities.domains().iterator().next()));
    }
}
