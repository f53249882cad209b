package io.wavegate.s2s.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.stream.DomainPair;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** New streams are spread over the edges that there are; one that comes back gets its own again and no others. */
final class EdgeChoiceTest {
    private static final List<String> EDGES = List.of("10.0.0.1:7355", "10.0.0.2:7355", "10.0.0.3:7355");
    private static final List<DomainPair> PAIRS = IntStream.range(0, 9_000)
            .mapToObj(i -> new DomainPair("ours" + i % 3 + ".test", "d" + i + ".test"))
            .toList();

    private static String chosen(DomainPair pair, List<String> edges) {
        return EdgeChoice.of(pair, edges).orElseThrow();
    }

    @Test
    void eachEdgeGetsItsShare() {
        assertThat(PAIRS.stream()
                        .collect(Collectors.groupingBy(pair -> chosen(pair, EDGES), Collectors.counting()))
                        .values())
                .hasSize(3)
                .allSatisfy(share -> assertThat(share).isBetween(2_700L, 3_300L));
    }

    @Test
    void whileAnEdgeIsGoneOnlyItsOwnPairsAreWithOthersAndThoseEvenly() {
        List<String> left = EDGES.subList(0, 2);
        Function<DomainPair, String> before = pair -> chosen(pair, EDGES);
        assertThat(PAIRS.stream().filter(pair -> !before.apply(pair).equals(EDGES.get(2))))
                .allSatisfy(pair -> assertThat(chosen(pair, left)).isEqualTo(before.apply(pair)));
        assertThat(PAIRS.stream()
                        .filter(pair -> before.apply(pair).equals(EDGES.get(2)))
                        .collect(Collectors.groupingBy(pair -> chosen(pair, left), Collectors.counting()))
                        .values())
                .hasSize(2)
                .allSatisfy(share -> assertThat(share).isBetween(1_300L, 1_700L));
    }
}
