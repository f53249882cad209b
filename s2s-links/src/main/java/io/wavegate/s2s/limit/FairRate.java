package io.wavegate.s2s.limit;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts what passes in a time, of all and of each. Where it is too much for all together, only those are over who had more
 * than an equal share of those who were there; who comes now and then is never. Time is cut into windows: what is over has to
 * wait for the next. Safe for use by many threads.
 */
public final class FairRate {
    private final long all;
    private final long each;
    private final long windowNanos;
    private final Map<String, Long> used = new HashMap<>();
    private long windowEnd;
    private boolean started;
    private long total;

    /**
     * A rate of nothing so far.
     *
     * @param all for all together in a window; when twice as much has passed nobody has a share any more
     * @param each for each in a window
     * @param window how long a window is
     */
    public FairRate(long all, long each, Duration window) {
        this.all = all;
        this.each = each;
        windowNanos = window.toNanos();
    }

    /**
     * Counts an amount, and says whether it was too much.
     *
     * @param nowNanos of a clock that never goes back
     * @return whether it is within the limits, and if not, until when to wait
     */
    public synchronized Verdict pass(String who, long amount, long nowNanos) {
        if (!started || nowNanos - windowEnd >= 0) {
            started = true;
            windowEnd = nowNanos + windowNanos;
            used.clear();
            total = 0;
        }
        long left = windowEnd - nowNanos;
        if (total >= 2 * all) {
            return new Verdict(Outcome.OVER_FOR_ALL, left);
        }
        total += amount;
        long mine = used.merge(who, amount, Long::sum);
        if (mine > each) {
            return new Verdict(Outcome.OVER_FOR_ONE, left);
        } else if (total > all && mine > all / used.size()) {
            return new Verdict(Outcome.OVER_FOR_ALL, left);
        }
        return new Verdict(Outcome.WITHIN, 0);
    }

    /** How much passed in the window that is running, or was the last. */
    public synchronized long passed() {
        return total;
    }

    /** How much may pass of all in a window. */
    public long all() {
        return all;
    }

    /** How much may pass of each in a window. */
    public long each() {
        return each;
    }

    /** What an amount came to. */
    public enum Outcome {
        WITHIN,
        /** One had more than one may have. */
        OVER_FOR_ONE,
        /** All had more than there is, and this one more than its share. */
        OVER_FOR_ALL
    }

    /**
     * What an amount came to.
     *
     * @param outcome whether it was too much
     * @param waitNanos how long until it is not any more; 0 if it was not
     */
    public record Verdict(Outcome outcome, long waitNanos) {
        /** Whether it was not too much. */
        public boolean isWithin() {
            return outcome == Outcome.WITHIN;
        }
    }
}
