package io.wavegate.s2s.entity;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.wavegate.s2s.federation.DiscoverySettings;
import io.wavegate.s2s.link.LinkSettings;
import java.time.Duration;

/**
 * {@code wavegate.s2s.links}; each key is explained in {@code reference.conf}.
 *
 * @param link times and bounds of one link
 * @param unusedFor how long a link of no use is kept in memory
 * @param maxInboundRequests requests of one peer worked on at a time
 * @param maxInboundBytes how large they may be together
 * @param maxHistoryBytes bound of the deltas in one history reply
 * @param maxUpdateBytes bound of the deltas in one update
 * @param maxDeltaBytes a delta larger than this is not sent
 * @param wakePerSecond links woken per second when a node starts
 */
public record LinksSettings(
        LinkSettings link,
        Duration unusedFor,
        int maxInboundRequests,
        long maxInboundBytes,
        long maxHistoryBytes,
        long maxUpdateBytes,
        long maxDeltaBytes,
        int wakePerSecond) {

    /**
     * @param config the value of {@code wavegate.s2s.links}
     * @throws ConfigException naming the key, if one is missing or out of bounds
     */
    public static LinksSettings from(Config config) {
        LinkSettings link = new LinkSettings(
                duration(config, "answer-timeout", Duration.ofSeconds(1), Duration.ofMinutes(10)),
                (int) number(config, "max-under-way", 1, 1_000_000),
                bytes(config, "max-bytes-under-way"),
                (int) number(config, "max-replies", 1, 1_000_000),
                (int) number(config, "max-batch", 1, 10_000),
                duration(config, "retry-base", Duration.ofMillis(10), Duration.ofMinutes(1)),
                duration(config, "retry-max", Duration.ofMillis(10), Duration.ofDays(1)),
                duration(config, "idle-timeout", Duration.ofSeconds(1), Duration.ofDays(1)),
                discovery(config.getConfig("discovery")));
        return new LinksSettings(
                link,
                duration(config, "unused-for", Duration.ofSeconds(1), Duration.ofDays(1)),
                (int) number(config, "max-inbound-requests", 1, 100_000),
                bytes(config, "max-inbound-bytes"),
                bytes(config, "max-history-bytes"),
                bytes(config, "max-update-bytes"),
                bytes(config, "max-delta-bytes"),
                (int) number(config, "wake-per-second", 1, 10_000));
    }

    private static DiscoverySettings discovery(Config config) {
        return new DiscoverySettings(
                config.getDurationList("items-timeouts"),
                config.getDuration("items-jitter").toMillis(),
                duration(config, "info-timeout", Duration.ofMillis(100), Duration.ofMinutes(10)),
                duration(config, "found-for", Duration.ofSeconds(1), Duration.ofDays(7)),
                duration(config, "not-found-for", Duration.ofMillis(100), Duration.ofDays(1)),
                (int) number(config, "max-candidates", 2, 256));
    }

    private static Duration duration(Config config, String key, Duration least, Duration most) {
        Duration value = config.getDuration(key);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new ConfigException.BadValue(
                    config.origin(), key, "is " + value + ", must be between " + least + " and " + most);
        }
        return value;
    }

    private static long number(Config config, String key, long least, long most) {
        long value = config.getLong(key);
        if (value < least || value > most) {
            throw new ConfigException.BadValue(
                    config.origin(), key, "is " + value + ", must be between " + least + " and " + most);
        }
        return value;
    }

    private static long bytes(Config config, String key) {
        long value = config.getBytes(key);
        if (value < 1) {
            throw new ConfigException.BadValue(config.origin(), key, "is " + value + ", must be at least 1 byte");
        }
        return value;
    }
}
