package io.wavegate.load.sim;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.entity.LinksSettings;
import io.wavegate.wavelet.entity.WaveletSettings;
import java.util.List;

/**
 * The product's settings in a run: bounds small, so that a thousand edits reach what takes millions elsewhere, and times
 * short, so that little has to happen until all has settled.
 */
record SimSettings(WaveletSettings wavelets, LinksSettings links) {
    private static final String COMMON =
            """
            wavegate.wavelets {
              ask-timeout = 4s
              reading.owner-check = 5s
              lifecycle { reload-min = 50ms, reload-max = 2s, idle = 20s, stop-timeout = 3s }
              delivery { retry-min = 1s, retry-max = 20s, settle-after = 1s }
              replica { retry-min = 500ms, retry-max = 20s, replace-pause = 10m }
            }
            wavegate.s2s.links {
              answer-timeout = 8s, retry-base = 100ms, retry-max = 5s, idle-timeout = 60s
              trust-idle-for = 15s, check-timeout = 3s
              discovery { items-timeouts = [2s, 4s], info-timeout = 4s, not-found-for = 5s }
              edge {
                find-timeout = 1s, resend-after = 200ms, resend-most = 2s, redial-within = 500ms, orphan-after = 30s
                leave-within = 5s, leave-spread = 500ms, move-within = 1s
              }
            }
            """;

    private static final List<String> VARIANTS = List.of(
            "wavegate.wavelets { tail.max-deltas = 256, lifecycle.snapshot-deltas = 2000 }",
            "wavegate.wavelets { tail.max-deltas = 16, lifecycle.snapshot-deltas = 40, batch.max-deltas = 8 }",
            "wavegate.wavelets { tail.max-deltas = 5, lifecycle.snapshot-deltas = 10, delivery.update-bytes = 2k,"
                    + " reading.page-bytes = 2k, replica.history-bytes = 3k }");

    static List<SimSettings> all() {
        return VARIANTS.stream().map(SimSettings::of).toList();
    }

    private static SimSettings of(String variant) {
        Config config = ConfigFactory.parseString(variant)
                .withFallback(ConfigFactory.parseString(COMMON))
                .withFallback(ConfigFactory.load())
                .resolve();
        return new SimSettings(
                WaveletSettings.from(config),
                LinksSettings.from(config.getConfig("wavegate.s2s.links"))
                        .withIdSecrets(List.of("of all nodes in a simulation")));
    }
}
