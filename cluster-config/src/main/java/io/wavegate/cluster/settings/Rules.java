package io.wavegate.cluster.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/** Bounds of values; what breaks one is named with its origin. */
final class Rules {
    private Rules() {}

    static void require(Config cluster, String key, boolean holds, String rule) {
        if (!holds) {
            throw new ConfigException.BadValue(cluster.getValue(key).origin(), "wavegate.cluster." + key, rule);
        }
    }

    static Duration duration(Config cluster, String key, Duration least, Duration most) {
        Duration value = cluster.getDuration(key);
        require(
                cluster,
                key,
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                "must be from " + text(least) + " to " + text(most));
        return value;
    }

    private static String text(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
