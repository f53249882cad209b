package io.wavegate.s2s.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection so that the last words arrive. Closing with unread data in the kernel sends a reset, which makes the
 * other side throw away what it has not read yet, our stream error for one: so we end our direction first, and go on reading,
 * and throwing away, for a moment.
 */
final class LingeringClose {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private LingeringClose() {}

    /** @param lastWrite after which our direction ends */
    static void after(ChannelFuture lastWrite) {
        Channel channel = lastWrite.channel();
        lastWrite.addListener(written -> {
            if (written.isSuccess()) {
                endOutput(channel);
                channel.eventLoop().schedule(() -> channel.close(), MOMENT.toMillis(), TimeUnit.MILLISECONDS);
            } else {
                channel.close();
            }
        });
    }

    private static void endOutput(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        ChannelFuture said = tls == null ? channel.newSucceededFuture() : tls.closeOutbound();
        said.addListener(ended -> {
            if (channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            } else {
                channel.close();
            }
        });
    }
}
