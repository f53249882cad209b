package io.wavegate.s2s.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/**
 * Values of a configuration that have to lie within bounds, both included. What does not is a
 * {@link ConfigException.BadValue} naming the key, the value and the bounds.
 */
public final class Bounded {
    private Bounded() {}

    /** A time such as {@code 30s}. */
    public static Duration duration(Config config, String key, Duration least, Duration most) {
        return within(config, key, config.getDuration(key), least, most);
    }

    /** A whole number. */
    public static int number(Config config, String key, int least, int most) {
        return within(config, key, config.getInt(key), least, most);
    }

    /** A size such as {@code 64 KiB}, in bytes. */
    public static long bytes(Config config, String key, long least, long most) {
        return within(config, key, config.getBytes(key), least, most);
    }

    private static <T extends Comparable<T>> T within(Config config, String key, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new ConfigException.BadValue(
                    config.origin(), key, "is " + value + ", must be between " + least + " and " + most);
        }
        return value;
    }
}
