package io.wavegate.s2s.netty;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ways back on streams that peers opened to this node (XEP-0288), by pair. Of several the newest is used, which is the
 * least likely to be dead without our knowing.
 */
final class ReverseStreams {
    private final Map<DomainPair, NettyOutgoingStream> byPair = new ConcurrentHashMap<>();

    void add(NettyOutgoingStream stream) {
        byPair.put(stream.pair(), stream);
        stream.ended().thenRun(() -> byPair.remove(stream.pair(), stream));
    }

    Optional<OutgoingStream> find(DomainPair pair) {
        return Optional.ofNullable(byPair.get(pair))
                .filter(NettyOutgoingStream::isUsable)
                .map(stream -> stream);
    }
}
