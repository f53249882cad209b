package io.wavegate.s2s.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.wavegate.s2s.stream.StreamInput;
import io.wavegate.s2s.vouch.Voucher;
import io.wavegate.s2s.wire.Carrier;
import io.wavegate.s2s.wire.ConnectionLoop;
import io.wavegate.s2s.wire.Handshake;
import io.wavegate.s2s.wire.Written;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A channel of Netty's, with TLS where it was asked for. */
final class NettyCarrier implements Carrier {
    private final Channel channel;
    private final TlsMeans tls;
    private final NettyLoop loop;

    NettyCarrier(Channel channel, TlsMeans tls) {
        this.channel = channel;
        this.tls = tls;
        loop = new NettyLoop(channel.eventLoop());
    }

    @Override
    public ConnectionLoop loop() {
        return loop;
    }

    @Override
    public void write(byte[] bytes) {
        channel.write(Unpooled.wrappedBuffer(bytes), channel.voidPromise());
    }

    @Override
    public void write(byte[] bytes, Written written) {
        tell(channel.write(Unpooled.wrappedBuffer(bytes)), written);
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public void flush(Written written) {
        tell(channel.writeAndFlush(Unpooled.EMPTY_BUFFER), written);
    }

    private static void tell(ChannelFuture future, Written written) {
        future.addListener(done -> written.told(failure(done)));
    }

    private static Optional<String> failure(Future<?> done) {
        return done.isSuccess() ? Optional.empty() : Optional.of(Causes.text(done.cause()));
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void read(boolean wanted) {
        channel.config().setAutoRead(wanted);
    }

    @Override
    public void startTls(Handshake handshake, byte[] unread) {
        TlsLayer.start(channel, tls.engine(handshake), tls.executor(), unread);
    }

    /** What the handshake that was asked for has shown. */
    StreamInput secured() {
        SSLSession session = handler().orElseThrow().engine().getSession();
        return new StreamInput.Secured(
                PeerChain.of(session, tls.identities()),
                OwnCertificateEnd.of(session, tls.identities().clock()));
    }

    @Override
    public Optional<Voucher> voucher(String domain) {
        return handler().flatMap(handler -> PeerChain.of(handler.engine().getSession(), tls.identities())
                .voucher(domain));
    }

    @Override
    public String security() {
        return handler().map(TlsLayer::describe).orElse("plaintext");
    }

    private Optional<SslHandler> handler() {
        @Nullable SslHandler handler = channel.pipeline().get(SslHandler.class);
        return Optional.ofNullable(handler);
    }

    @Override
    public void endOutput() {
        ChannelFuture said = handler().map(SslHandler::closeOutbound).orElseGet(channel::newSucceededFuture);
        said.addListener(ended -> {
            if (channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            } else {
                channel.close();
            }
        });
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public void closeForcibly() {
        // Not Netty's closeForcibly, which tells nobody: what counts connections would count this one for ever.
        channel.unsafe().close(channel.unsafe().voidPromise());
    }
}
