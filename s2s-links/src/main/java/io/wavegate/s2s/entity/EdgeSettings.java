package io.wavegate.s2s.entity;

import com.typesafe.config.Config;
import io.wavegate.s2s.edge.LinkTimes;
import io.wavegate.s2s.settings.Bounded;
import java.time.Duration;

/**
 * {@code wavegate.s2s.links.edge}; each key is explained in {@code reference.conf}.
 *
 * @param link how long an entity waits for edges
 * @param resendAfter after which stanzas are said again to an entity that does not answer
 * @param resendMost the longest time between that
 * @param orphanAfter after which streams are closed that no entity comes for
 * @param leaveWithin how long an edge that leaves waits for links to use others, and for what peers still say
 * @param leaveSpread over which time it tells them
 * @param moveWithin how long an entity that moves waits for what it has sent to be written
 */
public record EdgeSettings(
        LinkTimes link,
        Duration resendAfter,
        Duration resendMost,
        Duration orphanAfter,
        Duration leaveWithin,
        Duration leaveSpread,
        Duration moveWithin) {
    static EdgeSettings from(Config config) {
        Duration resend = Bounded.duration(config, "resend-after", Duration.ofMillis(50), Duration.ofMinutes(1));
        return new EdgeSettings(
                new LinkTimes(
                        Bounded.duration(config, "find-timeout", Duration.ZERO, Duration.ofMinutes(1))
                                .toMillis(),
                        resend.toMillis(),
                        Bounded.duration(config, "open-timeout", Duration.ofMillis(100), Duration.ofMinutes(5))
                                .toMillis(),
                        Bounded.duration(config, "redial-within", Duration.ZERO, Duration.ofMinutes(5))
                                .toMillis()),
                resend,
                Bounded.duration(config, "resend-most", resend, Duration.ofMinutes(5)),
                Bounded.duration(config, "orphan-after", Duration.ofSeconds(1), Duration.ofDays(1)),
                Bounded.duration(config, "leave-within", Duration.ZERO, Duration.ofMinutes(10)),
                Bounded.duration(config, "leave-spread", Duration.ZERO, Duration.ofMinutes(10)),
                Bounded.duration(config, "move-within", Duration.ZERO, Duration.ofMinutes(1)));
    }
}
