package io.wavegate.s2s.netty;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Says when nothing was written for a while: a word now and then finds out that the other host is gone, and keeps middleboxes
 * from forgetting us. Used by the connection's event loop alone.
 */
final class KeepAlive {
    private static final Duration LEAST = Duration.ofSeconds(10);

    private final EventLoop loop;
    private final Runnable quiet;
    private Duration every;
    private long lastWriteNanos;
    private boolean over;

    KeepAlive(EventLoop loop, Duration every, Runnable quiet) {
        this.loop = loop;
        this.every = every;
        this.quiet = quiet;
    }

    void start() {
        schedule(every.toNanos());
    }

    void wrote() {
        lastWriteNanos = System.nanoTime();
    }

    void stop() {
        over = true;
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
        long silent = System.nanoTime() - lastWriteNanos;
        if (silent >= nanos) {
            quiet.run();
        }
        schedule(silent >= nanos ? nanos : nanos - silent);
    }

    private void schedule(long nanos) {
        loop.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
    }
}
