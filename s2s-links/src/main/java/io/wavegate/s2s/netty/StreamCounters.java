package io.wavegate.s2s.netty;

import io.wavegate.s2s.api.Meter;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import io.wavegate.s2s.xml.StreamErrorCondition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How streams ended, by reason and by stream error; safe for use by many threads. */
final class StreamCounters {
    private final Map<Direction, Map<Reason, LongAdder>> ended = new EnumMap<>(Direction.class);
    private final Map<Reason, LongAdder> unopened = zeros(Reason.class);
    private final Map<StreamErrorCondition, LongAdder> sent = zeros(StreamErrorCondition.class);
    private final Map<StreamErrorCondition, LongAdder> received = zeros(StreamErrorCondition.class);

    /** Who opened a stream. */
    enum Direction {
        IN,
        OUT
    }

    StreamCounters() {
        for (Direction direction : Direction.values()) {
            ended.put(direction, zeros(Reason.class));
        }
    }

    private static <E extends Enum<E>> Map<E, LongAdder> zeros(Class<E> type) {
        Map<E, LongAdder> zeros = new EnumMap<>(type);
        for (E value : type.getEnumConstants()) {
            zeros.put(value, new LongAdder());
        }
        return zeros;
    }

    void ended(Direction direction, StreamEnd end) {
        ended.get(direction).get(end.reason()).increment();
        Map<StreamErrorCondition, LongAdder> errors = end.reason() == Reason.REMOTE_STREAM_ERROR ? received : sent;
        end.error().ifPresent(condition -> errors.get(condition).increment());
    }

    /** A domain could not be reached, all its addresses tried. */
    void unopened(StreamEnd end) {
        unopened.get(end.reason()).increment();
    }

    List<Meter> meters() {
        List<Meter> meters = new ArrayList<>();
        ended.forEach((direction, byReason) -> byReason.forEach((reason, count) -> meters.add(Meter.count(
                "wavegate_s2s_streams_ended",
                "Connections that ended, by who made them and why",
                Map.of("direction", direction == Direction.IN ? "in" : "out", "reason", reason.label()),
                count::sum))));
        unopened.forEach((reason, count) -> meters.add(Meter.count(
                "wavegate_s2s_streams_not_opened",
                "Attempts to open a stream to a domain that failed, by the last reason",
                Map.of("reason", reason.label()),
                count::sum)));
        errors(meters, "sent", sent);
        errors(meters, "received", received);
        return meters;
    }

    private static void errors(List<Meter> meters, String way, Map<StreamErrorCondition, LongAdder> counts) {
        counts.forEach((condition, count) -> meters.add(Meter.count(
                "wavegate_s2s_stream_errors",
                "Stream errors, by who sent them and what they said",
                Map.of("way", way, "condition", condition.elementName()),
                count::sum)));
    }
}
