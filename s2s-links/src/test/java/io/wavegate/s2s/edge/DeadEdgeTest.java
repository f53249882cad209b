package io.wavegate.s2s.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.link.LinkInput;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a link does about stanzas that were with an edge when it died. */
final class DeadEdgeTest {
    private static final DomainPair PAIR = new DomainPair("a.test", "b.test");
    private static final String EDGE = "edge";
    private static final long SPREAD = 1_000;

    private final LinkEdges<String> edges =
            new LinkEdges<>(1, new LinkTimes(1_000, 1_000, 60_000, 0), new Random(1), 0);
    private long batch;

    private void attach() {
        edges.edges(Set.of(EDGE), Set.of(EDGE), Optional.empty(), true, 0);
        edges.from(EDGE, new FromEdge.Attached(false, List.of(new StreamFacts(7, PAIR, true, 0, 0))), 0);
    }

    private void send(XmlElement stanza) {
        edges.send(1, List.of(stanza), 0);
        batch++;
    }

    private void sendAndWrite(XmlElement stanza) {
        send(stanza);
        edges.from(EDGE, new FromEdge.Written(7, batch, Unsent.NOTHING), 0);
    }

    private List<XmlElement> doubtfulAfterDeath(long nowMillis) {
        return edges.lost(EDGE, nowMillis).stream()
                .filter(LinkEdgesEffect.Happened.class::isInstance)
                .map(effect -> ((LinkEdgesEffect.Happened<String>) effect).input())
                .filter(LinkInput.StreamEnded.class::isInstance)
                .flatMap(ended -> ((LinkInput.StreamEnded) ended).unacknowledged().stream())
                .toList();
    }

    private static XmlElement answer(int id) {
        return Xml.stanza("<iq type='result' id='" + id + "'/>");
    }

    @Test
    void anAnswerThatWasJustGivenToTheSocketIsSaidAgain() {
        attach();
        sendAndWrite(answer(1));
        send(answer(2));
        assertThat(doubtfulAfterDeath(20_000)).containsExactly(answer(1), answer(2));
    }

    @Test
    void aRequestThatWasGivenToTheSocketIsAskedAgainByWhoAskedIt() {
        attach();
        sendAndWrite(Xml.stanza("<iq type='get' id='1'/>"));
        assertThat(doubtfulAfterDeath(1_000)).isEmpty();
    }

    @Test
    void answersAreForgottenAfterAWhileAndBeyondABound() {
        attach();
        IntStream.range(0, 70).forEach(id -> sendAndWrite(answer(id)));
        assertThat(edges.nextWakeMillis()).isEqualTo(30_000);
        assertThat(doubtfulAfterDeath(1_000)).hasSize(64).endsWith(answer(69));
        attach();
        batch = 0;
        edges.send(2, List.of(answer(1)), 0);
        edges.from(EDGE, new FromEdge.Written(7, 1, Unsent.NOTHING), 0);
        edges.tick(30_000);
        assertThat(doubtfulAfterDeath(30_001)).isEmpty();
    }

    /** Two hundred links had their streams there: they do not dial all at once, and the last within the time for it. */
    @Test
    void theLinksOfADeadEdgeDialAgainSpreadOverTheTimeForIt() {
        long lost = 20_000;
        List<Long> dialled = IntStream.range(0, 200)
                .mapToObj(seed -> dialsAgain(seed, lost) - lost)
                .toList();
        assertThat(dialled).allMatch(after -> after >= 0 && after < SPREAD);
        assertThat(dialled.stream().map(after -> 10 * after / SPREAD).distinct())
                .as("tenths of the time")
                .hasSize(10);
    }

    private static long dialsAgain(int seed, long lost) {
        LinkEdges<String> link = new LinkEdges<>(1, new LinkTimes(1_000, 1_000, 60_000, SPREAD), new Random(seed), 0);
        Set<String> both = Set.of("one", "two");
        link.edges(both, both, Optional.empty(), true, 0);
        both.forEach(edge -> link.from(edge, new FromEdge.Attached(false, List.of()), 0));
        String first = dialling(link.open(PAIR, 0)).orElseThrow();
        Optional<String> next = dialling(link.lost(first, lost));
        long now = lost;
        while (next.isEmpty()) {
            now = link.nextWakeMillis();
            next = dialling(link.tick(now));
        }
        assertThat(next).get().isNotEqualTo(first);
        return now;
    }

    private static Optional<String> dialling(List<LinkEdgesEffect<String>> effects) {
        return effects.stream()
                .filter(effect ->
                        effect instanceof LinkEdgesEffect.Tell<String> tell && tell.message() instanceof ToEdge.Open)
                .map(effect -> ((LinkEdgesEffect.Tell<String>) effect).edge())
                .findFirst();
    }
}
