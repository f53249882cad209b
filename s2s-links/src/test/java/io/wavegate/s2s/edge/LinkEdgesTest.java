package io.wavegate.s2s.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An operator's word reaches every edge, also if the link's entity begins only because of it. */
final class LinkEdgesTest {
    private static final LinkTimes TIMES = new LinkTimes(3_000, 1_000, 10_000, 0);
    private static final ToEdge CLOSE = new ToEdge.CloseAccepted(List.of());

    private final LinkEdges<String> edges = new LinkEdges<>(1, TIMES, new Random(1), 0);

    @Test
    void edgesThatAreHeardOfLaterAreToldWhatAllWereTold() {
        assertThat(edges.tellAll(CLOSE, 0)).isEmpty();
        assertThat(edges.edges(Set.of("one"), Set.of("one"), Optional.empty(), false, 10))
                .containsExactly(tell("one", new ToEdge.Attach()), tell("one", CLOSE));
        assertThat(edges.edges(Set.of("one", "two"), Set.of("one", "two"), Optional.empty(), true, 20))
                .containsExactly(tell("two", new ToEdge.Attach()), tell("two", CLOSE));
    }

    @Test
    void edgeThatComesAfterTheBeginningIsNotToldOfIt() {
        edges.edges(Set.of("one"), Set.of("one"), Optional.empty(), true, 0);
        edges.tellAll(CLOSE, 0);
        edges.from("one", new FromEdge.Attached(false, List.of()), 10);
        assertThat(edges.edges(Set.of("one", "two"), Set.of("one", "two"), Optional.empty(), true, 20))
                .containsExactly(tell("two", new ToEdge.Attach()));
    }

    private static LinkEdgesEffect<String> tell(String edge, ToEdge message) {
        return new LinkEdgesEffect.Tell<>(edge, message);
    }
}
