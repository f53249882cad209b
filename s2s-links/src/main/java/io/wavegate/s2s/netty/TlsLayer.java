package io.wavegate.s2s.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/** TLS between a connection and its stream. */
final class TlsLayer {
    private TlsLayer() {}

    /**
     * Begins a handshake, with no deadline of its own.
     *
     * @param unread what came already; it goes to TLS as it is, where XML is no handshake: spec 6.1.3
     */
    static void start(Channel channel, SSLEngine engine, Executor executor, byte[] unread) {
        channel.flush();
        SslHandler tls = new SslHandler(engine, executor);
        tls.setHandshakeTimeoutMillis(0);
        channel.pipeline().addAfter("bytes", "tls", tls);
        if (unread.length > 0) {
            channel.pipeline().fireChannelRead(Unpooled.wrappedBuffer(unread));
        }
    }

    /** TLS version and cipher suite, for an operator. */
    static String describe(SslHandler tls) {
        SSLSession session = tls.engine().getSession();
        return session.getProtocol() + " " + session.getCipherSuite();
    }
}
