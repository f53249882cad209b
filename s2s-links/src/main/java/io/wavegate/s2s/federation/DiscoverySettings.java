package io.wavegate.s2s.federation;

import java.time.Duration;
import java.util.List;

/**
 * Times and bounds of discovery (spec section 2).
 *
 * @param itemsTimeouts how long each attempt of disco#items waits; there are as many attempts
 * @param itemsJitterMillis up to this much is added to each
 * @param infoTimeout how long disco#info waits
 * @param foundFor how long a found service is believed, from the start of its discovery
 * @param notFoundFor how long "no wave service there" is believed, from the start of its discovery
 * @param maxCandidates how many addresses are asked at most: each may need a stream of its own
 */
public record DiscoverySettings(
        List<Duration> itemsTimeouts,
        long itemsJitterMillis,
        Duration infoTimeout,
        Duration foundFor,
        Duration notFoundFor,
        int maxCandidates) {
    public DiscoverySettings {
        itemsTimeouts = List.copyOf(itemsTimeouts);
        if (itemsTimeouts.isEmpty() || maxCandidates < 2) {
            throw new IllegalArgumentException(
                    "Discovery needs at least one attempt and two candidates (the domain and its wave. name).");
        }
    }

    /** The reference's. */
    public static DiscoverySettings reference() {
        List<Duration> timeouts = List.of(
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(120),
                Duration.ofSeconds(240));
        return new DiscoverySettings(
                timeouts, 2_000, Duration.ofSeconds(20), Duration.ofHours(2), Duration.ofMinutes(5), 8);
    }
}
