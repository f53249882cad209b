package io.wavegate.load.chaos.load;

/**
 * What became of one mark. Times are {@link System#nanoTime}; 0 where it has not happened.
 */
public final class Typed {
    private final Pair pair;
    private final boolean byHost;
    private final long intended;
    private volatile long acknowledged;
    private volatile long delivered;

    Typed(Pair pair, boolean byHost, long intended) {
        this.pair = pair;
        this.byHost = byHost;
        this.intended = intended;
    }

    public Pair pair() {
        return pair;
    }

    /** Typed at the domain that hosts the wavelet, and to be delivered to the other one; or the other way round. */
    public boolean byHost() {
        return byHost;
    }

    /** When it was to be typed by the plan, whatever happened meanwhile. */
    public long intended() {
        return intended;
    }

    /** When its author was told that it is durable. */
    public long acknowledged() {
        return acknowledged;
    }

    /** When the user of the other domain saw it. */
    public long delivered() {
        return delivered;
    }

    void acknowledge(long now) {
        if (acknowledged == 0) {
            acknowledged = now;
        }
    }

    void deliver(long now) {
        if (delivered == 0) {
            delivered = now;
        }
    }
}
