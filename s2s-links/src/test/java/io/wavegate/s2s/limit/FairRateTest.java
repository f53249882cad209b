package io.wavegate.s2s.limit;

import static io.wavegate.s2s.limit.FairRate.Outcome.OVER_FOR_ALL;
import static io.wavegate.s2s.limit.FairRate.Outcome.OVER_FOR_ONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FairRateTest {
    private static final long SECOND = 1_000_000_000L;
    /** Clocks of this kind begin anywhere, also just before they overflow. */
    private final long start = Long.parseLong("9223372036354775807");

    private final FairRate rate = new FairRate(100, 60, Duration.ofSeconds(1));

    @Test
    void whoHasHadItsPartWaitsForTheNextWindow() {
        assertThat(rate.pass("a", 60, start).isWithin()).isTrue();
        FairRate.Verdict over = rate.pass("a", 1, start + SECOND / 4);
        assertThat(over.outcome()).isEqualTo(OVER_FOR_ONE);
        assertThat(over.waitNanos()).isEqualTo(SECOND * 3 / 4);
        assertThat(rate.pass("a", 60, start + SECOND).isWithin()).isTrue();
    }

    @Test
    void whereAllTogetherAreTooMuchOnlyThoseWithMoreThanAnEqualShareWait() {
        assertThat(rate.pass("greedy", 55, start).isWithin()).isTrue();
        assertThat(rate.pass("modest", 10, start).isWithin()).isTrue();
        assertThat(rate.pass("other", 40, start).outcome()).isEqualTo(OVER_FOR_ALL);
        assertThat(rate.pass("modest", 10, start).isWithin()).isTrue();
        assertThat(rate.pass("greedy", 1, start).outcome()).isEqualTo(OVER_FOR_ALL);
    }

    @Test
    void aFloodOfNewOnesIsNotRemembered() {
        int within = 0;
        for (int i = 0; i < 10_000; i++) {
            within += rate.pass("n" + i, 1, start).isWithin() ? 1 : 0;
        }
        assertThat(within).isLessThanOrEqualTo(200);
        assertThat(rate.passed()).isLessThanOrEqualTo(200);
    }
}
