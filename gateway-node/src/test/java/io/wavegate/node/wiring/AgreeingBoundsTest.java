package io.wavegate.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.cluster.settings.ClusterSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Bounds of one module that must fit those of another. */
class AgreeingBoundsTest {
    private static Config with(String settings) {
        return ConfigFactory.parseString(settings)
                .withFallback(ConfigFactory.load())
                .resolve();
    }

    private static long frame(String settings) {
        return MessageFrames.check(with(settings), ClusterSettings.from(with(settings)));
    }

    private static Duration handOver(String settings) {
        return HandOverTimes.check(with(settings), ClusterSettings.from(with(settings)));
    }

    @Test
    void theShippedBoundsAgree() {
        assertThat(frame("")).isGreaterThanOrEqualTo(4 << 20);
        assertThat(handOver("")).isEqualTo(Duration.ofSeconds(10));
        assertThat(with("").getDuration("wavegate.wavelets.lifecycle.stop-timeout"))
                .as("a slow store keeps a shard for less time than Pekko takes for trouble")
                .isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aDeltaThatFitsIntoNoMessageBetweenNodesIsFoundBeforeTheStart() {
        assertThatThrownBy(() -> frame("wavegate.wavelets.delta.max-bytes = 2 MiB"))
                .hasMessageContaining("wavegate.wavelets.delta.max-bytes")
                .hasMessageContaining("maximum-frame-size");
    }

    @Test
    void aWaveletThatWouldBeEndedBeforeItsLastWriteIsFoundBeforeTheStart() {
        assertThatThrownBy(() -> handOver("wavegate.cluster.hand-over-timeout = 7s"))
                .hasMessageContaining("wavegate.wavelets.lifecycle.stop-timeout")
                .hasMessageContaining("hand-over-timeout");
    }
}
