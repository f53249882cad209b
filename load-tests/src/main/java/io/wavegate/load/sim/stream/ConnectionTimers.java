package io.wavegate.load.sim.stream;

import io.wavegate.s2s.stream.StreamTimer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** The timers of one stream. */
final class ConnectionTimers {
    private final Loop loop;
    private final InstantSource clock;
    private final Consumer<StreamTimer> expired;
    private final Map<StreamTimer, Loop.Timer> running = new EnumMap<>(StreamTimer.class);
    private long idleMicros;
    private long lastStanza;

    ConnectionTimers(Loop loop, InstantSource clock, Consumer<StreamTimer> expired) {
        this.loop = loop;
        this.clock = clock;
        this.expired = expired;
    }

    /** A stanza passed: the idle timer counts from here. */
    void stanza() {
        lastStanza = loop.micros();
    }

    void schedule(StreamTimer timer, Duration delay) {
        if (timer == StreamTimer.IDLE) {
            idleMicros = micros(delay);
            stanza();
        }
        start(timer, micros(delay));
    }

    void scheduleAt(StreamTimer timer, Instant moment) {
        start(timer, Math.max(0, micros(Duration.between(clock.instant(), moment))));
    }

    void cancel(StreamTimer timer) {
        Loop.Timer was = running.remove(timer);
        if (was != null) {
            was.cancel();
        }
    }

    void cancelAll() {
        running.values().forEach(Loop.Timer::cancel);
        running.clear();
    }

    private void start(StreamTimer timer, long delay) {
        cancel(timer);
        running.put(timer, loop.after(delay, () -> fired(timer)));
    }

    private void fired(StreamTimer timer) {
        long left = idleMicros - (loop.micros() - lastStanza);
        if (timer == StreamTimer.IDLE && left > 0) {
            start(timer, left);
        } else {
            running.remove(timer);
            expired.accept(timer);
        }
    }

    static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }
}
