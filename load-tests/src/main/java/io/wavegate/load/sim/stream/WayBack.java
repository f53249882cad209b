package io.wavegate.load.sim.stream;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StreamEnd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The way back for one pair on a stream that a peer opened (XEP-0288): links come and go on it, each with a part. */
final class WayBack implements SimOutgoing.Ending {
    private final DomainPair pair;
    private final Connection connection;
    private final Set<SimOutgoing> parts = new LinkedHashSet<>();
    private boolean unusable;

    private WayBack(DomainPair pair, Connection connection) {
        this.pair = pair;
        this.connection = connection;
    }

    @Override
    public void close(SimOutgoing part) {
        connection.whenSettled(part, () -> {
            parts.remove(part);
            part.end(new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "the way back is not used any more"));
        });
    }

    @Override
    public void abandon(SimOutgoing part) {
        unusable = true;
        close(part);
    }

    private void end(StreamEnd end) {
        unusable = true;
        List<SimOutgoing> all = new ArrayList<>(parts);
        parts.clear();
        all.forEach(part -> part.end(end));
    }

    /** All of a node; of several for a pair the newest is used. */
    static final class All {
        private final Map<DomainPair, WayBack> byPair = new LinkedHashMap<>();
        private final Map<Connection, List<WayBack>> byConnection = new LinkedHashMap<>();

        void add(DomainPair pair, Connection connection) {
            WayBack way = new WayBack(pair, connection);
            byPair.put(pair, way);
            byConnection.computeIfAbsent(connection, first -> new ArrayList<>()).add(way);
        }

        void ended(Connection connection, StreamEnd end) {
            List<WayBack> ways = byConnection.remove(connection);
            if (ways != null) {
                ways.forEach(way -> {
                    byPair.remove(way.pair, way);
                    way.end(end);
                });
            }
        }

        Optional<OutgoingStream> find(DomainPair pair) {
            WayBack way = byPair.get(pair);
            if (way == null || way.unusable || way.connection.isClosing()) {
                return Optional.empty();
            }
            SimOutgoing part = new SimOutgoing(pair, way.connection, way);
            way.parts.add(part);
            return Optional.of(part);
        }
    }
}
