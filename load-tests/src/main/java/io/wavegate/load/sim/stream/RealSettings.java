package io.wavegate.load.sim.stream;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.netty.StreamsSettings;
import io.wavegate.s2s.resolve.ResolveSettings;
import java.util.List;

/**
 * The product's settings of streams and resolution, with times made short.
 *
 * @param streams of streams
 * @param resolve of resolution
 */
public record RealSettings(StreamsSettings streams, ResolveSettings resolve) {
    private static final String COMMON =
            """
            wavegate.s2s {
              streams {
                dialback-secrets = ["a secret of the simulation"]
                connect-timeout = 3s, open-timeout = 12s, write-timeout = 10s, keepalive = 15s
                timeouts { header = 4s, features = 4s, tls = 4s, authentication = 10s, dialback = 8s, idle = 45s }
                extensions { ask-after = 100ms, answer-within = 5s }
              }
              resolve { avoid-dead-for = 10s, negative-ttl = 2s, maximum-ttl = 30s }
            }
            """;

    private static final List<String> VARIANTS = List.of(
            "",
            "wavegate.s2s.streams.extensions.bidi = off",
            "wavegate.s2s.streams.extensions.ask-every = 2",
            "wavegate.s2s.streams.extensions.acknowledgements = off");

    /** All that seeds choose from. */
    public static List<RealSettings> all() {
        return VARIANTS.stream().map(RealSettings::of).toList();
    }

    private static RealSettings of(String variant) {
        Config s2s = ConfigFactory.parseString(variant)
                .withFallback(ConfigFactory.parseString(COMMON))
                .withFallback(ConfigFactory.load())
                .resolve()
                .getConfig("wavegate.s2s");
        return new RealSettings(StreamsSettings.from(s2s), ResolveSettings.from(s2s.getConfig("resolve")));
    }
}
