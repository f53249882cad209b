package io.wavegate.s2s.limit;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts things that are held for a while, of all and of each holder. As the whole gets scarce each may hold fewer: never
 * more than are still free, so that there is always something left for who has nothing yet. Safe for use by many threads.
 *
 * <p>The rule is that of "dynamic thresholds" for buffers that queues share (Choudhury and Hahne, 1998) with the factor 1: n
 * greedy holders end up with 1/(n+1) of the whole each, and as much is free for the next.
 */
public final class FairQuota {
    private final int most;
    private final int mostOfOne;
    private final Map<String, Integer> held = new HashMap<>();
    private int total;

    /** What a request came to. */
    public enum Outcome {
        TAKEN,
        /** The holder has as many as one may have. */
        HAS_ITS_SHARE,
        /** Others have so many that there are no more for it than it has. */
        TOO_FEW_LEFT
    }

    /**
     * A quota that nobody holds anything of.
     *
     * @param most for all together
     * @param mostOfOne for each holder
     */
    public FairQuota(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /**
     * Takes one if there is one for this holder; then {@link #release} gives it back.
     *
     * @return what it came to
     */
    public synchronized Outcome tryAcquire(String holder) {
        int count = held.getOrDefault(holder, 0);
        if (count >= mostOfOne) {
            return Outcome.HAS_ITS_SHARE;
        } else if (count >= most - total) {
            return Outcome.TOO_FEW_LEFT;
        }
        total++;
        held.put(holder, count + 1);
        return Outcome.TAKEN;
    }

    /** Gives one back that was taken. */
    public synchronized void release(String holder) {
        Integer count = held.get(holder);
        if (count == null) {
            throw new IllegalStateException(holder + " gives back what it does not have");
        } else if (count == 1) {
            held.remove(holder);
        } else {
            held.put(holder, count - 1);
        }
        total--;
    }

    /** How many are held. */
    public synchronized int held() {
        return total;
    }

    /** How many could be. */
    public int most() {
        return most;
    }

    /** How many one may hold. */
    public int mostOfOne() {
        return mostOfOne;
    }
}
