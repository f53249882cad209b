package io.wavegate.s2s.wire;

import io.wavegate.s2s.api.Meter;
import io.wavegate.s2s.api.Tally;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import io.wavegate.s2s.xml.StreamErrorCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How streams of one kind ended, by reason and by stream error; safe for use by many threads. */
public final class StreamCounters {
    private final String kind;
    private final Tally<Reason> endedIn = new Tally<>(Reason.class);
    private final Tally<Reason> endedOut = new Tally<>(Reason.class);
    private final Tally<Reason> unopened = new Tally<>(Reason.class);
    private final Tally<StreamErrorCondition> sent = new Tally<>(StreamErrorCondition.class);
    private final Tally<StreamErrorCondition> received = new Tally<>(StreamErrorCondition.class);

    /** Streams of other domains and to them. */
    public StreamCounters() {
        this("stream");
    }

    /** @param kind of streams, in one word; part of the meters' names */
    public StreamCounters(String kind) {
        this.kind = kind;
    }

    /** Who opened a stream: the peer, or we. */
    public enum Direction {
        IN,
        OUT
    }

    public void ended(Direction direction, StreamEnd end) {
        (direction == Direction.IN ? endedIn : endedOut).add(end.reason());
        end.error().ifPresent((end.reason() == Reason.REMOTE_STREAM_ERROR ? received : sent)::add);
    }

    /** The other side could not be reached, all its addresses tried. */
    public void unopened(StreamEnd end) {
        unopened.add(end.reason());
    }

    public List<Meter> meters() {
        List<Meter> meters = new ArrayList<>();
        ended(meters, "in", endedIn);
        ended(meters, "out", endedOut);
        for (Reason reason : unopened.values()) {
            meters.add(Meter.count(
                    "wavegate_s2s_" + kind + "s_not_opened",
                    "Attempts to open a stream that failed, by the last reason",
                    Map.of("reason", reason.label()),
                    () -> unopened.of(reason)));
        }
        errors(meters, "sent", sent);
        errors(meters, "received", received);
        return meters;
    }

    private void ended(List<Meter> meters, String direction, Tally<Reason> counts) {
        for (Reason reason : counts.values()) {
            meters.add(Meter.count(
                    "wavegate_s2s_" + kind + "s_ended",
                    "Connections that ended, by who made them and why",
                    Map.of("direction", direction, "reason", reason.label()),
                    () -> counts.of(reason)));
        }
    }

    private void errors(List<Meter> meters, String way, Tally<StreamErrorCondition> counts) {
        for (StreamErrorCondition condition : counts.values()) {
            meters.add(Meter.count(
                    "wavegate_s2s_" + kind + "_errors",
                    "Stream errors, by who sent them and what they said",
                    Map.of("way", way, "condition", condition.elementName()),
                    () -> counts.of(condition)));
        }
    }
}
