package io.wavegate.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Bounds of one module that must fit those of another. */
class AgreeingBoundsTest {
    private static Config with(String settings) {
        return ConfigFactory.parseString(settings)
                .withFallback(ConfigFactory.load())
                .resolve();
    }

    @Test
    void theShippedBoundsAgree() {
        assertThat(MessageFrames.check(with(""))).isGreaterThanOrEqualTo(4 << 20);
        assertThat(HandOverTimes.check(with(""))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aDeltaThatFitsIntoNoMessageBetweenNodesIsFoundBeforeTheStart() {
        assertThatThrownBy(() -> MessageFrames.check(with("wavegate.wavelets.delta.max-bytes = 2 MiB")))
                .hasMessageContaining("wavegate.wavelets.delta.max-bytes")
                .hasMessageContaining("maximum-frame-size");
    }

    @Test
    void aWaveletThatWouldBeEndedBeforeItsLastWriteIsFoundBeforeTheStart() {
        assertThatThrownBy(() -> HandOverTimes.check(with("wavegate.cluster.hand-over-timeout = 8s")))
                .hasMessageContaining("wavegate.wavelets.lifecycle.stop-timeout")
                .hasMessageContaining("hand-over-timeout");
    }
}
