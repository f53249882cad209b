package io.wavegate.s2s.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.wavegate.s2s.limit.Admission;
import java.util.function.LongConsumer;

/** In front of everything, TLS included: counts what is read, and has the connection stop where it was too much. */
final class ByteMeter extends ChannelInboundHandlerAdapter {
    private final Admission admission;
    private final LongConsumer pause;

    /** @param pause told for how many nanoseconds to read no more */
    ByteMeter(Admission admission, LongConsumer pause) {
        this.admission = admission;
        this.pause = pause;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            long wait = admission.read(bytes.readableBytes(), System.nanoTime());
            if (wait > 0) {
                pause.accept(wait);
            }
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        admission.close();
        ctx.fireChannelInactive();
    }
}
