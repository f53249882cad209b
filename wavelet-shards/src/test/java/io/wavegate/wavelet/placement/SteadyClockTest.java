package io.wavegate.wavelet.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SteadyClockTest {
    private final AtomicLong millis = new AtomicLong(1_800_000_000_000L);
    private final AtomicLong nanos = new AtomicLong(-5);
    private final SteadyClock clock = new SteadyClock(millis::get, nanos::get);

    @Test
    void itBeginsWithTheMachinesClockAndGoesOnWhateverIsDoneToThat() {
        assertThat(clock.getAsLong()).isEqualTo(1_800_000_000_000L);
        millis.addAndGet(-3_600_000);
        nanos.addAndGet(1_500_000_000);
        assertThat(clock.getAsLong()).isEqualTo(1_800_000_001_500L);
        millis.addAndGet(24 * 3_600_000);
        assertThat(clock.getAsLong()).isEqualTo(1_800_000_001_500L);
    }
}
