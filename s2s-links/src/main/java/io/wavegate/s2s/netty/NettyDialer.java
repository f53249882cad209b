package io.wavegate.s2s.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.wavegate.s2s.resolve.DialEffect;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.wire.Dialer;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Dials by TCP. */
final class NettyDialer implements Dialer {
    private final Bootstrap bootstrap;
    private final DialledHandler handlers;

    /** @param loop one of the bootstrap's group, for all connections */
    NettyDialer(Bootstrap bootstrap, EventLoop loop, DialledHandler handlers) {
        this.bootstrap = bootstrap.clone(loop);
        this.handlers = handlers;
    }

    @Override
    public Connecting connect(DialEffect.Connect connect, Told told) {
        Tcp tcp = new Tcp();
        ChannelFuture connecting = bootstrap
                .clone()
                .handler(new PipelineBuilder(channel -> {
                    StreamHandler handler = handlers.handler(channel, connect.target(), told);
                    tcp.handler = handler;
                    return handler;
                }))
                .connect(new InetSocketAddress(
                        connect.address(), connect.target().port()));
        tcp.channel = connecting.channel();
        connecting.addListener(future -> {
            if (future.isSuccess()) {
                told.connected();
            } else {
                told.failed(Causes.text(future.cause()));
            }
        });
        return tcp;
    }

    /** One connection. */
    private static final class Tcp implements Connecting {
        private @Nullable Channel channel;
        private @Nullable StreamHandler handler;

        @Override
        public void abandon(StreamEnd end) {
            if (handler != null && channel != null && channel.isActive()) {
                handler.stream().close(end);
            } else if (channel != null) {
                channel.close();
            }
        }
    }
}
