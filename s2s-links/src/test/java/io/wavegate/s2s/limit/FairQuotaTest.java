package io.wavegate.s2s.limit;

import static io.wavegate.s2s.limit.FairQuota.Outcome.HAS_ITS_SHARE;
import static io.wavegate.s2s.limit.FairQuota.Outcome.TAKEN;
import static io.wavegate.s2s.limit.FairQuota.Outcome.TOO_FEW_LEFT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FairQuotaTest {
    @Test
    void oneHolderGetsItsShareAndOthersTheirs() {
        FairQuota quota = new FairQuota(10, 2);
        assertThat(quota.tryAcquire("a")).isEqualTo(TAKEN);
        assertThat(quota.tryAcquire("a")).isEqualTo(TAKEN);
        assertThat(quota.tryAcquire("a")).isEqualTo(HAS_ITS_SHARE);
        assertThat(quota.tryAcquire("b")).isEqualTo(TAKEN);
        quota.release("a");
        assertThat(quota.tryAcquire("a")).isEqualTo(TAKEN);
        assertThat(quota.held()).isEqualTo(3);
    }

    @Test
    void whenItGetsScarceNobodyHoldsMoreThanIsStillFree() {
        FairQuota quota = new FairQuota(12, 12);
        int greedy = 0;
        while (quota.tryAcquire("greedy") == TAKEN) {
            greedy++;
        }
        assertThat(greedy).isEqualTo(6);
        int second = 0;
        while (quota.tryAcquire("second") == TAKEN) {
            second++;
        }
        assertThat(second).isEqualTo(3);
        assertThat(quota.tryAcquire("greedy")).isEqualTo(TOO_FEW_LEFT);
        assertThat(quota.tryAcquire("new")).isEqualTo(TAKEN);
    }

    @Test
    void whatIsNotHeldCannotBeGivenBack() {
        assertThatThrownBy(() -> new FairQuota(1, 1).release("a")).isInstanceOf(IllegalStateException.class);
    }

    /** A holder that has nothing gets one as long as there is one, whatever the others do. */
    @Property(tries = 200)
    void theWholeIsNeverExceededAndANewcomerIsOnlyRefusedWhenNothingIsLeft(
            @ForAll @Size(max = 60) List<@IntRange(max = 5) Integer> holders) {
        FairQuota quota = new FairQuota(20, 9);
        Map<Integer, Integer> held = new HashMap<>();
        for (int holder : holders) {
            boolean newcomer = !held.containsKey(holder);
            FairQuota.Outcome outcome = quota.tryAcquire("h" + holder);
            if (outcome == TAKEN) {
                held.merge(holder, 1, Integer::sum);
            }
            int total = held.values().stream().mapToInt(Integer::intValue).sum();
            assertThat(quota.held()).isEqualTo(total).isLessThanOrEqualTo(20);
            assertThat(held.values()).allMatch(count -> count <= 9);
            assertThat(newcomer && outcome != TAKEN && total < 20).isFalse();
        }
    }
}
