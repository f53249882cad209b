package io.wavegate.s2s.wire;

import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Says when nothing was written for a while: a word now and then finds out that the other host is gone, and keeps middleboxes
 * from forgetting us. Used by the connection's loop alone.
 */
final class KeepAlive {
    private static final Duration LEAST = Duration.ofSeconds(10);

    private final ConnectionLoop loop;
    private final Runnable quiet;
    private Duration every;
    private long lastWriteNanos;
    private @Nullable Future<?> next;
    private boolean over;

    KeepAlive(ConnectionLoop loop, Duration every, Runnable quiet) {
        this.loop = loop;
        this.every = every;
        this.quiet = quiet;
        lastWriteNanos = loop.nanos();
    }

    void start() {
        schedule(every.toNanos());
    }

    void wrote() {
        lastWriteNanos = loop.nanos();
    }

    /** What waits for its time holds the whole connection: thousands that come and go in that time would stay in memory. */
    void stop() {
        over = true;
        cancel();
    }

    private void cancel() {
        if (next != null) {
            next.cancel(false);
        }
    }

    /** Well before the peer would take us for idle, but not at any pace that it likes. */
    void peerIdle(Duration idle) {
        Duration half = idle.dividedBy(2);
        Duration bounded = half.compareTo(LEAST) < 0 ? LEAST : half;
        if (bounded.compareTo(every) < 0) {
            every = bounded;
            schedule(every.toNanos());
        }
    }

    private void look() {
        if (over) {
            return;
        }
        long nanos = every.toNanos();
        long silent = loop.nanos() - lastWriteNanos;
        if (silent >= nanos) {
            quiet.run();
        }
        schedule(silent >= nanos ? nanos : nanos - silent);
    }

    private void schedule(long nanos) {
        cancel();
        next = loop.schedule(this::look, nanos);
    }
}
