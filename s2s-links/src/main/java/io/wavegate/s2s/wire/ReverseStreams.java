package io.wavegate.s2s.wire;

import io.wavegate.s2s.stream.DomainPair;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ways back on streams that peers opened to this node (XEP-0288), by pair. Of several the newest is used, which is the
 * least likely to be dead without our knowing. Safe for use by many threads.
 */
public final class ReverseStreams {
    private final Map<DomainPair, WayBack> byPair = new ConcurrentHashMap<>();

    void add(WayBack way) {
        byPair.put(way.pair(), way);
        way.ended().thenRun(() -> byPair.remove(way.pair(), way));
    }

    /** A part in the way back for the pair, if there is one. */
    public Optional<ReadyStream> find(DomainPair pair) {
        return Optional.ofNullable(byPair.get(pair)).filter(WayBack::isUsable).map(WayBack::part);
    }
}
