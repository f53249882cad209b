package io.wavegate.s2s.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wavegate.s2s.resolve.DnsRecord.Srv;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SrvOrderTest {
    private static final int DRAWS = 20_000;

    private static Srv srv(int priority, int weight, String target) {
        return new Srv(priority, weight, 5269, target);
    }

    private static Draw random(long seed) {
        Random random = new Random(seed);
        return total -> random.nextInt(total + 1);
    }

    /** How often the target comes first. */
    private static double firstShare(List<Srv> records, String target) {
        Draw draw = random(42);
        int first = 0;
        for (int i = 0; i < DRAWS; i++) {
            if (SrvOrder.of(records, record -> record, draw).get(0).target().equals(target)) {
                first++;
            }
        }
        return (double) first / DRAWS;
    }

    @Property(tries = 200)
    void everyRecordOnceAndPrioritiesAscending(
            @ForAll("records") @Size(max = 30) List<Srv> records, @ForAll long seed) {
        List<Srv> ordered = SrvOrder.of(records, record -> record, random(seed));
        assertThat(ordered).containsExactlyInAnyOrderElementsOf(records);
        assertThat(ordered).isSortedAccordingTo(Comparator.comparingInt(Srv::priority));
    }

    @Provide
    Arbitrary<List<Srv>> records() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 65_535),
                        Arbitraries.strings().alpha().ofLength(4))
                .as(SrvOrderTest::srv)
                .list();
    }

    /** RFC 2782 draws from 0 to the sum, both included: of 81 values, 61 fall to whoever of 60 and 20 stands first. */
    @Test
    void sixtyToTwentyComesFirstThreeTimesOfFour() {
        assertThat(firstShare(List.of(srv(1, 60, "a"), srv(1, 20, "b")), "a")).isCloseTo(61.0 / 81, within(0.02));
        assertThat(firstShare(List.of(srv(1, 20, "b"), srv(1, 60, "a")), "a")).isCloseTo(60.0 / 81, within(0.02));
    }

    @Test
    void weightZeroBesideAWeightHasASmallChance() {
        assertThat(firstShare(List.of(srv(1, 100, "a"), srv(1, 0, "b")), "b")).isCloseTo(1.0 / 101, within(0.005));
    }

    @Property(tries = 50)
    void sharesOfFirstPlacesFollowTheWeights(@ForAll("weights") @Size(min = 2, max = 6) List<Integer> weights) {
        List<Srv> records = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            records.add(srv(1, weights.get(i), "t" + i));
        }
        int total = weights.stream().mapToInt(Integer::intValue).sum();
        Draw draw = random(7);
        int[] first = new int[weights.size()];
        for (int i = 0; i < DRAWS; i++) {
            first[records.indexOf(SrvOrder.of(records, record -> record, draw).get(0))]++;
        }
        for (int i = 0; i < first.length; i++) {
            assertThat((double) first[i] / DRAWS).isCloseTo((double) weights.get(i) / total, within(0.03));
        }
    }

    @Provide
    Arbitrary<List<Integer>> weights() {
        return Arbitraries.integers().between(100, 1000).list();
    }

    @Test
    void allZeroWeightsAreAllTried() {
        Set<String> last = new HashSet<>();
        List<Srv> ordered =
                SrvOrder.of(List.of(srv(1, 0, "a"), srv(1, 0, "b"), srv(0, 0, "c")), record -> record, random(1));
        ordered.forEach(record -> last.add(record.target()));
        assertThat(last).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(ordered.get(0).target()).isEqualTo("c");
    }
}
