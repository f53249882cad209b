package io.wavegate.s2s.netty;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * The protocol's name in handshakes of direct TLS (XEP-0368 section 3, RFC 7301). A peer that offers other names only gets
 * TLS's own error; one that offers none is as welcome, and so is a server that picks none, as Prosody and ejabberd do.
 */
final class ServerAlpn {
    private static final String NAME = "xmpp-server";

    private ServerAlpn() {}

    static SSLEngine set(SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {NAME});
        engine.setSSLParameters(parameters);
        return engine;
    }
}
