package io.wavegate.s2s.entity;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.wavegate.s2s.federation.DiscoverySettings;
import io.wavegate.s2s.link.LinkSettings;
import io.wavegate.s2s.link.RelaySettings;
import io.wavegate.s2s.settings.Bounded;
import java.time.Duration;
import java.util.List;

/**
 * {@code wavegate.s2s.links}; each key is explained in {@code reference.conf}.
 *
 * @param link times and bounds of one link
 * @param relay times and bounds of a link that passes stanzas of a component on
 * @param unusedFor how long a link of no use is kept in memory
 * @param maxInboundRequests requests of one peer worked on at a time
 * @param maxInboundBytes how large they may be together
 * @param maxHistoryBytes bound of the deltas in one history reply
 * @param maxUpdateBytes bound of the deltas in one update
 * @param maxDeltaBytes a delta larger than this is not sent
 * @param wakePerSecond links woken per second
 * @param edge between links and the edges that have their streams
 * @param settle how long after nodes came or went links are looked through
 * @param lookThrough how often they are besides
 * @param idSecrets by which nodes of one cluster know the ids that they made, see {@link #withIdSecrets}
 */
public record LinksSettings(
        LinkSettings link,
        RelaySettings relay,
        Duration unusedFor,
        int maxInboundRequests,
        long maxInboundBytes,
        long maxHistoryBytes,
        long maxUpdateBytes,
        long maxDeltaBytes,
        int wakePerSecond,
        EdgeSettings edge,
        Duration settle,
        Duration lookThrough,
        List<String> idSecrets) {
    public LinksSettings {
        idSecrets = List.copyOf(idSecrets);
    }

    /** @param secrets that all nodes share, the newest first; without any a node knows its own ids alone */
    public LinksSettings withIdSecrets(List<String> secrets) {
        return new LinksSettings(
                link,
                relay,
                unusedFor,
                maxInboundRequests,
                maxInboundBytes,
                maxHistoryBytes,
                maxUpdateBytes,
                maxDeltaBytes,
                wakePerSecond,
                edge,
                settle,
                lookThrough,
                secrets);
    }

    /**
     * @param config the value of {@code wavegate.s2s.links}
     * @throws ConfigException naming the key, if one is missing or out of bounds
     */
    public static LinksSettings from(Config config) {
        LinkSettings link = new LinkSettings(
                Bounded.duration(config, "answer-timeout", Duration.ofSeconds(1), Duration.ofMinutes(10)),
                Bounded.number(config, "max-under-way", 1, 1_000_000),
                Bounded.bytes(config, "max-bytes-under-way", 1, Long.MAX_VALUE),
                Bounded.number(config, "max-replies", 1, 1_000_000),
                Bounded.number(config, "max-batch", 1, 10_000),
                Bounded.duration(config, "retry-base", Duration.ofMillis(10), Duration.ofMinutes(1)),
                Bounded.duration(config, "retry-max", Duration.ofMillis(10), Duration.ofDays(1)),
                Bounded.duration(config, "idle-timeout", Duration.ofSeconds(1), Duration.ofDays(1)),
                Bounded.duration(config, "trust-idle-for", Duration.ZERO, Duration.ofDays(1)),
                Bounded.duration(config, "check-timeout", Duration.ofMillis(100), Duration.ofMinutes(1)),
                discovery(config.getConfig("discovery")));
        return new LinksSettings(
                link,
                relay(config.getConfig("relay"), link),
                Bounded.duration(config, "unused-for", Duration.ofSeconds(1), Duration.ofDays(1)),
                Bounded.number(config, "max-inbound-requests", 1, 100_000),
                Bounded.bytes(config, "max-inbound-bytes", 1, Long.MAX_VALUE),
                Bounded.bytes(config, "max-history-bytes", 1, Long.MAX_VALUE),
                Bounded.bytes(config, "max-update-bytes", 1, Long.MAX_VALUE),
                Bounded.bytes(config, "max-delta-bytes", 1, Long.MAX_VALUE),
                Bounded.number(config, "wake-per-second", 1, 10_000),
                EdgeSettings.from(config.getConfig("edge")),
                Bounded.duration(config, "settle", Duration.ZERO, Duration.ofMinutes(10)),
                Bounded.duration(config, "look-through", Duration.ofSeconds(1), Duration.ofDays(1)),
                List.of());
    }

    private static RelaySettings relay(Config config, LinkSettings link) {
        return new RelaySettings(
                Bounded.bytes(config, "queue-bytes", 10_000, Integer.MAX_VALUE),
                Bounded.duration(config, "wait-timeout", Duration.ofMillis(100), Duration.ofSeconds(80)),
                link.retryBase(),
                Bounded.duration(config, "retry-max", Duration.ofMillis(10), Duration.ofHours(1)),
                link.maxBatch(),
                link.idleTimeout(),
                link.trustIdleFor(),
                link.checkTimeout());
    }

    private static DiscoverySettings discovery(Config config) {
        return new DiscoverySettings(
                config.getDurationList("items-timeouts"),
                config.getDuration("items-jitter").toMillis(),
                Bounded.duration(config, "info-timeout", Duration.ofMillis(100), Duration.ofMinutes(10)),
                Bounded.duration(config, "found-for", Duration.ofSeconds(1), Duration.ofDays(7)),
                Bounded.duration(config, "not-found-for", Duration.ofMillis(100), Duration.ofDays(1)),
                Bounded.number(config, "max-candidates", 2, 256));
    }
}
