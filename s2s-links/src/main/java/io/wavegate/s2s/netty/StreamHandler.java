package io.wavegate.s2s.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.wavegate.s2s.limit.Admission;
import io.wavegate.s2s.stream.StreamInput;
import io.wavegate.s2s.wire.StreamConnection;
import io.wavegate.s2s.wire.StreamEvents;
import io.wavegate.s2s.wire.StreamMachine;
import io.wavegate.s2s.wire.StreamSurroundings;
import java.util.concurrent.CompletableFuture;

/** Tells a stream what comes and what happens on its channel. */
final class StreamHandler extends ChannelInboundHandlerAdapter {
    private final Channel channel;
    private final NettyCarrier carrier;
    private final StreamConnection stream;

    /** @param admission what the connection holds of the limits; closed by others when the connection is gone */
    StreamHandler(
            Channel channel,
            TlsMeans tls,
            StreamMachine machine,
            StreamSurroundings surroundings,
            StreamEvents events,
            Admission admission) {
        this.channel = channel;
        carrier = new NettyCarrier(channel, tls);
        stream = new StreamConnection(carrier, machine, surroundings, events, admission);
    }

    StreamConnection stream() {
        return stream;
    }

    /** Completes when the connection is gone. */
    CompletableFuture<Void> closed() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        channel.closeFuture().addListener(future -> closed.complete(null));
        return closed;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        stream.begin();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof ByteBuf bytes && stream.isListening()) {
                stream.read(ByteBufUtil.getBytes(bytes));
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            stream.handshakeEnded(
                    handshake.isSuccess()
                            ? carrier.secured()
                            : new StreamInput.TlsFailed(Causes.text(handshake.cause())));
        }
        super.userEventTriggered(ctx, event);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        stream.writabilityChanged();
        super.channelWritabilityChanged(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stream.gone();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        try {
            stream.failed(Causes.input(cause, channel.remoteAddress()));
        } finally {
            if (!Causes.isOurs(cause) || !stream.isOver()) {
                ctx.close();
            }
        }
    }
}
