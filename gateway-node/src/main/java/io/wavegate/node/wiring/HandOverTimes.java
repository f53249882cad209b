package io.wavegate.node.wiring;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.wavegate.cluster.settings.ClusterSettings;
import java.time.Duration;

/** Whether wavelets have the time to finish their last write when their shard moves. */
final class HandOverTimes {
    private static final String STOP = "wavegate.wavelets.lifecycle.stop-timeout";
    private static final String SHARD = "pekko.cluster.sharding.handoff-timeout";

    /** Pekko leaves entities so much less than the shard. */
    private static final Duration PEKKO = Duration.ofSeconds(5);

    private HandOverTimes() {}

    /**
     * Checks the bounds against each other.
     *
     * @param root the whole configuration
     * @param cluster of the same
     * @return how long a wavelet has
     * @throws ConfigException if that is less than it may take
     */
    static Duration check(Config root, ClusterSettings cluster) {
        Duration shard = cluster.over(root).getDuration(SHARD);
        Duration stop = root.getDuration(STOP);
        Duration left = shard.minus(PEKKO);
        if (stop.compareTo(left) > 0) {
            throw new ConfigException.BadValue(
                    root.getValue(STOP).origin(),
                    STOP,
                    "is " + stop.toMillis() + " ms, and a wavelet whose shard moves has " + left.toMillis()
                            + " ms by wavegate.cluster.hand-over-timeout: lower the one or raise the other");
        }
        return left;
    }
}
