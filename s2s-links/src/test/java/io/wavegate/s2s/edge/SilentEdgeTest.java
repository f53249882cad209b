package io.wavegate.s2s.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.link.LinkInput;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a link does about an edge that cannot be reached, and may be dead or may come back. */
final class SilentEdgeTest {
    private static final DomainPair PAIR = new DomainPair("a.test", "b.test");
    private static final Set<String> BOTH = Set.of("one", "two");
    private static final XmlElement ANSWER = Xml.stanza("<iq type='result' id='1'/>");

    private final LinkEdges<String> edges =
            new LinkEdges<>(1, new LinkTimes(1_000, 1_000, 60_000, 0), new Random(1), 0);

    private List<LinkEdgesEffect<String>> reachable(Set<String> reachable, long nowMillis) {
        return edges.edges(BOTH, reachable, Optional.empty(), true, nowMillis);
    }

    /** The link's stream is stream 7 of edge one, its number here is 1. */
    private void attach() {
        reachable(BOTH, 0);
        edges.from("one", new FromEdge.Attached(false, List.of(new StreamFacts(7, PAIR, true, 0, 0))), 0);
        edges.from("two", new FromEdge.Attached(false, List.of()), 0);
    }

    private static List<LinkInput> inputs(List<LinkEdgesEffect<String>> effects) {
        return effects.stream()
                .filter(LinkEdgesEffect.Happened.class::isInstance)
                .map(effect -> ((LinkEdgesEffect.Happened<String>) effect).input())
                .toList();
    }

    @Test
    void itsStreamsAreNotWaitedForAndAnotherEdgeOpensOne() {
        attach();
        edges.send(1, List.of(ANSWER), 0);

        List<LinkInput> told = inputs(reachable(Set.of("two"), 10));

        assertThat(told).singleElement().isInstanceOfSatisfying(LinkInput.StreamEnded.class, ended -> {
            assertThat(ended.stream()).isEqualTo(1);
            assertThat(ended.unacknowledged()).containsExactly(ANSWER);
        });
        assertThat(edges.open(PAIR, 10)).containsExactly(new LinkEdgesEffect.Tell<>("two", new ToEdge.Open(PAIR, 1)));
        assertThat(reachable(Set.of("two"), 20)).as("told once").isEmpty();
    }

    @Test
    void aStreamThatItWasToOpenIsOpenedByAnother() {
        reachable(BOTH, 0);
        BOTH.forEach(edge -> edges.from(edge, new FromEdge.Attached(false, List.of()), 0));
        String asked = EdgeChoice.of(PAIR, BOTH).orElseThrow();
        String other = asked.equals("one") ? "two" : "one";
        assertThat(edges.open(PAIR, 0)).containsExactly(new LinkEdgesEffect.Tell<>(asked, new ToEdge.Open(PAIR, 1)));

        assertThat(reachable(Set.of(other), 10))
                .containsExactly(new LinkEdgesEffect.Tell<>(other, new ToEdge.Open(PAIR, 2)));
    }

    @Test
    void whereThereIsNoOtherItIsWaitedFor() {
        attach();
        assertThat(reachable(Set.of(), 10)).isEmpty();
        assertThat(edges.send(1, List.of(ANSWER), 20)).hasSize(1);
    }

    @Test
    void whatItHasIsFoundAgainWhenItComesBack() {
        attach();
        reachable(Set.of("two"), 10);
        assertThat(edges.tick(5_000)).as("nobody asks who cannot hear").isEmpty();

        assertThat(reachable(BOTH, 6_000)).containsExactly(new LinkEdgesEffect.Tell<>("one", new ToEdge.Attach()));
        assertThat(edges.tick(7_000)).containsExactly(new LinkEdgesEffect.Tell<>("one", new ToEdge.Attach()));
        assertThat(inputs(edges.from(
                        "one", new FromEdge.Attached(false, List.of(new StreamFacts(7, PAIR, true, 0, 0))), 7_100)))
                .containsExactly(new LinkInput.StreamFound(PAIR, 2, true, 0));
    }

    @Test
    void whatThePeerSentThroughItIsTakenOnce() {
        attach();
        FromEdge.Inbound inbound = new InboundLedger(PAIR, 7, 1_000, 4_000).add(1, List.of(ANSWER), 0);
        assertThat(edges.from("one", inbound, 5)).anyMatch(LinkEdgesEffect.Receive.class::isInstance);
        reachable(Set.of("two"), 10);
        reachable(BOTH, 20);
        assertThat(edges.from("one", inbound, 30)).noneMatch(LinkEdgesEffect.Receive.class::isInstance);
    }
}
