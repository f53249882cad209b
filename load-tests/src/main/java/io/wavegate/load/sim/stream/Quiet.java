package io.wavegate.load.sim.stream;

import java.time.Duration;

/** Says when nothing was written for a while. */
final class Quiet {
    private static final Duration LEAST = Duration.ofSeconds(10);

    private final Loop loop;
    private final Runnable quiet;
    private long every;
    private long lastWrite;
    private boolean over;

    Quiet(Loop loop, Duration every, Runnable quiet) {
        this.loop = loop;
        this.every = ConnectionTimers.micros(every);
        this.quiet = quiet;
    }

    void start() {
        loop.after(every, this::look);
    }

    void wrote() {
        lastWrite = loop.micros();
    }

    void stop() {
        over = true;
    }

    /** Well before the peer would take us for idle, but not at any pace that it likes. */
    void peerIdle(Duration idle) {
        long half = Math.max(ConnectionTimers.micros(idle.dividedBy(2)), ConnectionTimers.micros(LEAST));
        if (half < every) {
            every = half;
            start();
        }
    }

    private void look() {
        if (over) {
            return;
        }
        long silent = loop.micros() - lastWrite;
        if (silent >= every) {
            quiet.run();
        }
        loop.after(silent >= every ? every : every - silent, this::look);
    }
}
