package io.wavegate.s2s.resolve;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.wavegate.s2s.settings.Bounded;
import java.time.Duration;

/**
 * How the addresses of one host are raced (RFC 8305); each key is explained in {@code reference.conf}.
 *
 * @param attemptDelay from one attempt to the next
 * @param resolutionDelay how long IPv4 addresses wait for IPv6 ones
 * @param maximumAddresses tried of one host
 */
public record RaceSettings(Duration attemptDelay, Duration resolutionDelay, int maximumAddresses) {
    /** RFC 8305 section 5: never below 10 ms. */
    private static final Duration LEAST_DELAY = Duration.ofMillis(10);

    /**
     * @param config the value of {@code wavegate.s2s.resolve}
     * @throws ConfigException naming the key, if one is missing or out of bounds
     */
    static RaceSettings from(Config config) {
        return new RaceSettings(
                Bounded.duration(config, "attempt-delay", LEAST_DELAY, Duration.ofSeconds(10)),
                Bounded.duration(config, "resolution-delay", Duration.ZERO, Duration.ofSeconds(2)),
                Bounded.number(config, "maximum-addresses", 1, 100));
    }

    /** Those that RFC 8305 recommends, with 8 addresses. */
    public static RaceSettings recommended() {
        return new RaceSettings(Duration.ofMillis(250), Duration.ofMillis(50), 8);
    }
}
