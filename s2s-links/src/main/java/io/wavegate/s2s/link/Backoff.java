package io.wavegate.s2s.link;

import java.util.random.RandomGenerator;

/**
 * Truncated exponential backoff with full jitter: the n-th delay is uniform in [0, min(max, base * 2^n)]. Full jitter
 * spreads the links of a node, and of all nodes that lost the same peer, best. A floor keeps attempts apart.
 */
public final class Backoff {
    private static final int MAX_EXPONENT = 30;

    private final long baseMillis;
    private final long maxMillis;
    private final RandomGenerator random;
    private int attempts;

    /** The n-th delay is bounded by the smaller of {@code baseMillis * 2^n} and {@code maxMillis}. */
    public Backoff(long baseMillis, long maxMillis, RandomGenerator random) {
        this.baseMillis = baseMillis;
        this.maxMillis = maxMillis;
        this.random = random;
    }

    /** The delay before the next attempt; each call makes the following one longer. */
    public long nextDelayMillis() {
        long ceiling = Math.min(maxMillis, baseMillis << Math.min(attempts, MAX_EXPONENT));
        attempts++;
        return floorMillis() + random.nextLong(Math.max(1, ceiling - floorMillis() + 1));
    }

    /** No two attempts are closer together than this. */
    long floorMillis() {
        return baseMillis / 4;
    }

    int attempts() {
        return attempts;
    }

    /** The next delay is a short one again. */
    public void reset() {
        attempts = 0;
    }
}
