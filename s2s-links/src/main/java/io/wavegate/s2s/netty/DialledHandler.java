package io.wavegate.s2s.netty;

import io.netty.channel.Channel;
import io.wavegate.s2s.resolve.Target;
import io.wavegate.s2s.wire.StreamEvents;

/** Makes the handler of a connection that is being dialled. */
@FunctionalInterface
interface DialledHandler {
    /**
     * @param target what is dialled, which says whether TLS comes first
     * @param events told how the stream fares
     */
    StreamHandler handler(Channel channel, Target target, StreamEvents events);
}
