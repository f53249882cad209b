package io.wavegate.cluster.members;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;

/** A sign of life of an actor system's threads, each second: without it nothing in this process gets on. */
public final class Pulse implements AutoCloseable {
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration STUCK = Duration.ofSeconds(30);

    private final LongSupplier nanos;
    private final AtomicLong last;
    private final Cancellable beats;

    /** @param nanos a clock that only goes on, nanoseconds */
    public Pulse(ActorSystem<?> system, LongSupplier nanos) {
        this.nanos = nanos;
        this.last = new AtomicLong(nanos.getAsLong());
        this.beats = system.scheduler()
                .scheduleWithFixedDelay(BEAT, BEAT, () -> last.set(nanos.getAsLong()), system.executionContext());
    }

    /** Whether a beat came within the last half minute. */
    public boolean isAlive() {
        return nanos.getAsLong() - last.get() < STUCK.toNanos();
    }

    @Override
    public void close() {
        beats.cancel();
    }
}
