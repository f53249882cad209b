package io.wavegate.cluster.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.cluster.presence.Solitude.Verdict;
import io.wavegate.cluster.settings.FailureDetection;
import io.wavegate.cluster.settings.PresenceTimes;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A node that looks for no others. */
class SolitudeTest {
    private static final PresenceTimes TIMES = FailureDetection.PRODUCTION.presence();

    private final Solitude solitude = new Solitude("a:1", TIMES);
    private long seconds;

    private Verdict seen(String holder, long beat, String... nodes) {
        Sign sign = new Sign(3, holder, beat, Set.of(nodes));
        return solitude.seen(sign, Duration.ofSeconds(seconds += 3).toNanos());
    }

    @Test
    void beginsAtOnceWhereNoClusterIsSaidToLive() {
        assertThat(solitude.seen(Sign.NONE, 0)).isEqualTo(Verdict.BEGIN);
        assertThat(seen("", 7)).as("the last one ended in order").isEqualTo(Verdict.BEGIN);
        assertThat(seen("a:1#9", 7, "a:1")).as("it was this node's alone").isEqualTo(Verdict.BEGIN);
    }

    @Test
    void endsWhenTheSignMovesUnderItsEyes() {
        assertThat(seen("b#1", 7, "a:1", "b:1")).isEqualTo(Verdict.LOOK_AGAIN);
        assertThat(seen("b#1", 7, "a:1", "b:1")).isEqualTo(Verdict.LOOK_AGAIN);
        assertThat(seen("b#1", 8, "a:1", "b:1")).isEqualTo(Verdict.REFUSE);
    }

    @Test
    void beginsWhenTheSignHasStoodStillOrTheClusterEnds() {
        assertThat(seen("b#1", 7, "b:1")).isEqualTo(Verdict.LOOK_AGAIN);
        while (seconds < TIMES.foundAfter().toSeconds()) {
            assertThat(seen("b#1", 7, "b:1")).isEqualTo(Verdict.LOOK_AGAIN);
        }
        assertThat(seen("b#1", 7, "b:1")).isEqualTo(Verdict.BEGIN);

        assertThat(seen("c#1", 1, "c:1")).isEqualTo(Verdict.REFUSE);
        assertThat(seen("", 0)).isEqualTo(Verdict.BEGIN);
    }
}
