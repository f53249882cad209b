package io.wavegate.cluster.presence;

import java.time.Duration;
import java.util.Optional;

/**
 * A sign that is looked at again and again.
 *
 * @param sign as it was last seen
 * @param sinceNanos when it was first seen as it is
 * @param seenNanos when it was last looked at
 * @param begunNanos since when there has been no gap in looking
 */
record Watch(Sign sign, long sinceNanos, long seenNanos, long begunNanos) {
    /**
     * Goes on watching, or begins anew: whoever was paused, or got no answer, has not seen that nothing moved, as a cluster
     * whose store is away gives no signs either.
     *
     * @param gap the longest time between two looks in which nothing can have been missed
     */
    static Watch on(Optional<Watch> before, Sign seen, long nowNanos, Duration gap) {
        Optional<Watch> unbroken = before.filter(watch -> nowNanos - watch.seenNanos <= gap.toNanos());
        long since = unbroken.filter(watch -> watch.sign.equals(seen))
                .map(Watch::sinceNanos)
                .orElse(nowNanos);
        return new Watch(seen, since, nowNanos, unbroken.map(Watch::begunNanos).orElse(nowNanos));
    }

    /** Whether it has stood still under our eyes for so long. */
    boolean isQuietFor(Duration time) {
        return seenNanos - sinceNanos >= time.toNanos();
    }
}
