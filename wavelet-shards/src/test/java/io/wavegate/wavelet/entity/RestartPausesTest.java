package io.wavegate.wavelet.entity;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartPausesTest {
    private final RestartPauses pauses = new RestartPauses(WaveletSettings.from(
                    ConfigFactory.parseString("wavegate.wavelets.lifecycle { reload-min = 200ms, reload-max = 1600ms }")
                            .withFallback(ConfigFactory.load())
                            .resolve())
            .lifecycle());
    private long now = 1_000;

    private long pause() {
        Duration pause = pauses.next(now).orElseThrow();
        now += pause.toMillis();
        return pause.toMillis();
    }

    @Test
    void pausesGrowUpToTheLongestAndBeginAnewWhenAllWasWellForLong() {
        assertThat(pause()).isZero();
        assertThat(new long[] {pause(), pause(), pause(), pause(), pause()}).containsExactly(200, 400, 800, 1600, 1600);
        now += 59_999;
        assertThat(pause()).isEqualTo(1600);
        now += 60_000;
        assertThat(pause()).isEqualTo(200);
        assertThat(pause()).isEqualTo(400);
    }

    @Test
    void whoeverFailsTooOftenStops() {
        pause();
        for (int i = 0; i < 20; i++) {
            pause();
        }
        assertThat(pauses.next(now)).isEmpty();
    }
}
