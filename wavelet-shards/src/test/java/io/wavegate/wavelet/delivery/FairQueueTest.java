package io.wavegate.wavelet.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FairQueueTest {
    private static List<String> drained(FairQueue<String> queue) {
        List<String> turns = new ArrayList<>();
        for (Optional<String> next = queue.next(); next.isPresent(); next = queue.next()) {
            turns.add(next.get());
        }
        return turns;
    }

    @Test
    void aFloodMakesTheOthersWaitForOneTurnOfItEach() {
        FairQueue<String> queue = new FairQueue<>(1_000);
        for (int i = 0; i < 400; i++) {
            queue.offer("evil", "evil" + i);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(queue.offer("good", "good" + i)).isTrue();
            assertThat(queue.offer("kind", "kind" + i)).isTrue();
        }
        assertThat(drained(queue))
                .startsWith("evil0", "good0", "kind0", "evil1", "good1", "kind1", "evil2", "good2", "kind2", "evil3")
                .hasSize(406);
    }

    @Test
    void aFloodGetsHalfOfTheRoomAndASecondOneAThirdWithIt() {
        FairQueue<String> queue = new FairQueue<>(900);
        int first = 0;
        while (queue.offer("evil", "x")) {
            first++;
        }
        assertThat(first).isEqualTo(450);
        int second = 0;
        while (queue.offer("worse", "x")) {
            second++;
        }
        assertThat(second).isEqualTo(225);
        assertThat(queue.offer("good", "x")).isTrue();
    }

    @Test
    void whoComesBackWaitsForAllWhoWait() {
        FairQueue<String> queue = new FairQueue<>(100);
        queue.offer("a", "a1");
        queue.offer("b", "b1");
        assertThat(queue.next()).contains("a1");
        queue.offer("a", "a2");
        assertThat(drained(queue)).containsExactly("b1", "a2");
        assertThat(queue.size()).isZero();
    }

    /** Between two turns of one nobody has more than one, and each one's work keeps its order. */
    @Property(tries = 300)
    void turnsGoRoundWhateverComesWhen(
            @ForAll @Size(max = 200) List<@IntRange(max = 5) Integer> script,
            @ForAll @IntRange(min = 1, max = 50) int capacity) {
        FairQueue<int[]> queue = new FairQueue<>(capacity);
        Map<Integer, Integer> offered = new HashMap<>();
        Map<Integer, Integer> taken = new HashMap<>();
        Map<Integer, Set<Integer>> since = new HashMap<>();
        for (int step : script) {
            if (step == 5) {
                queue.next().ifPresent(work -> {
                    int owner = work[0];
                    assertThat(work[1]).isEqualTo(taken.merge(owner, 1, Integer::sum) - 1);
                    since.forEach((waiting, others) -> {
                        if (waiting != owner && offered.get(waiting) > taken.getOrDefault(waiting, 0)) {
                            assertThat(others.add(owner))
                                    .as("a second turn while another waits")
                                    .isTrue();
                        }
                    });
                    since.put(owner, new HashSet<>());
                });
            } else {
                int count = offered.getOrDefault(step, 0);
                if (queue.offer("owner" + step, new int[] {step, count})) {
                    if (count == taken.getOrDefault(step, 0)) {
                        since.put(step, new HashSet<>());
                    }
                    offered.put(step, count + 1);
                }
            }
            assertThat(queue.size()).isLessThanOrEqualTo(capacity);
        }
    }
}
