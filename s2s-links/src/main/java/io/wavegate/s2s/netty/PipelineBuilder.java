package io.wavegate.s2s.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import java.util.function.Function;

/** Puts the handler of the stream into a new connection. TLS goes in front of it when it is asked for. */
final class PipelineBuilder extends ChannelInitializer<Channel> {
    private final Function<Channel, ChannelHandler> stream;

    PipelineBuilder(Function<Channel, ChannelHandler> stream) {
        this.stream = stream;
    }

    @Override
    protected void initChannel(Channel channel) {
        channel.pipeline().addLast("stream", stream.apply(channel));
    }
}
