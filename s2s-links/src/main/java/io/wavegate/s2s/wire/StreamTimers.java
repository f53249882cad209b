package io.wavegate.s2s.wire;

import io.wavegate.s2s.stream.StreamTimer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** The timers of one stream, on its connection's loop. */
final class StreamTimers {
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final ConnectionLoop loop;
    private final InstantSource clock;
    private final Consumer<StreamTimer> expired;
    private final Map<StreamTimer, Future<?>> running = new EnumMap<>(StreamTimer.class);
    private Duration idleAfter = Duration.ZERO;
    private long lastStanzaNanos;

    /** @param clock for what runs out at a moment */
    StreamTimers(ConnectionLoop loop, InstantSource clock, Consumer<StreamTimer> expired) {
        this.loop = loop;
        this.clock = clock;
        this.expired = expired;
        lastStanzaNanos = loop.nanos();
    }

    /** A stanza passed: the idle timer counts from here. It is not moved each time, but looks back when it runs out. */
    void stanza() {
        lastStanzaNanos = loop.nanos();
    }

    void schedule(StreamTimer timer, Duration delay) {
        if (timer == StreamTimer.IDLE) {
            idleAfter = delay;
            stanza();
        }
        start(timer, delay.toNanos());
    }

    /** Clocks are set and machines sleep, so the clock is looked at now and then. */
    void scheduleAt(StreamTimer timer, Instant moment) {
        cancel(timer);
        Duration left = Duration.between(clock.instant(), moment);
        Duration wait = left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
        long nanos = wait.isNegative() ? 0 : wait.toNanos();
        running.put(timer, loop.schedule(() -> look(timer, moment), nanos));
    }

    private void look(StreamTimer timer, Instant moment) {
        if (clock.instant().isBefore(moment)) {
            scheduleAt(timer, moment);
        } else {
            fired(timer);
        }
    }

    void cancel(StreamTimer timer) {
        Future<?> future = running.remove(timer);
        if (future != null) {
            future.cancel(false);
        }
    }

    void cancelAll() {
        running.values().forEach(future -> future.cancel(false));
        running.clear();
    }

    private void start(StreamTimer timer, long nanos) {
        cancel(timer);
        running.put(timer, loop.schedule(() -> fired(timer), nanos));
    }

    private void fired(StreamTimer timer) {
        long left = idleAfter.toNanos() - (loop.nanos() - lastStanzaNanos);
        if (timer == StreamTimer.IDLE && left > 0) {
            start(timer, left);
        } else {
            running.remove(timer);
            expired.accept(timer);
        }
    }
}
