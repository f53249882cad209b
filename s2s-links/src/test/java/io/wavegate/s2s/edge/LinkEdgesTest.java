package io.wavegate.s2s.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.link.LinkInput;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a link tells edges arrives, also at those that it has still to hear of, and if it is lost on the way. */
final class LinkEdgesTest {
    private static final LinkTimes TIMES = new LinkTimes(3_000, 1_000, 10_000, 0);
    private static final ToEdge CLOSE = new ToEdge.CloseAccepted(List.of());
    private static final DomainPair PAIR = new DomainPair("a.test", "b.test");
    private static final StreamEnd GONE = new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "asked for");

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

    private void attachWithStream(long id) {
        edges.edges(Set.of("one"), Set.of("one"), Optional.empty(), true, 0);
        edges.from("one", new FromEdge.Attached(false, List.of(new StreamFacts(id, PAIR, false, 0, 0))), 0);
    }

    @Test
    void thatAStreamIsToEndIsSaidAgainUntilItHas() {
        attachWithStream(7);
        LinkEdgesEffect<String> close = tell("one", new ToEdge.Close(7));
        assertThat(edges.close(1, 100)).containsExactly(close);
        assertThat(edges.nextWakeMillis()).isEqualTo(5_100);
        assertThat(edges.tick(5_099)).isEmpty();
        assertThat(edges.tick(5_100)).containsExactly(close);
        assertThat(edges.tick(10_100)).containsExactly(close);
        assertThat(edges.from("one", new FromEdge.Ended(7, PAIR, GONE, List.of()), 10_200))
                .containsExactly(
                        tell("one", new ToEdge.EndSeen(7)),
                        new LinkEdgesEffect.Happened<>(new LinkInput.StreamEnded(PAIR, 1, GONE, List.of())));
        assertThat(edges.nextWakeMillis()).isEqualTo(Long.MAX_VALUE);
        assertThat(edges.tick(100_000)).isEmpty();
    }

    @Test
    void thatAStreamIsGivenUpIsSaidAgainToo() {
        attachWithStream(7);
        edges.abandon(1, 0);
        assertThat(edges.tick(5_000)).containsExactly(tell("one", new ToEdge.Abandon(7)));
    }

    /** Else the answers among them would be missed by the peer until it asks again, and the requests by us. */
    @Test
    void whatTheEdgeWasToldTooLateIsLostWithTheStreamToo() {
        attachWithStream(7);
        XmlElement handled = Xml.stanza("<iq type='get' id='1'/>");
        XmlElement twice = Xml.stanza("<iq type='result' id='2'/>");
        XmlElement late = Xml.stanza("<iq type='result' id='3'/>");
        edges.send(1, List.of(handled, twice), 0);
        edges.from("one", new FromEdge.Written(7, 1, Unsent.NOTHING), 10);
        edges.send(1, List.of(twice), 20);
        edges.send(1, List.of(twice, late), 30);
        assertThat(edges.from("one", new FromEdge.Ended(7, PAIR, GONE, List.of(twice, twice)), 40))
                .contains(new LinkEdgesEffect.Happened<>(
                        new LinkInput.StreamEnded(PAIR, 1, GONE, List.of(twice, twice, late))));
    }

    /** Else the edge would tell of it for ever. */
    @Test
    void aStreamThatAPredecessorAskedForIsSaidToBeKnownHoweverOftenItIsTold() {
        edges.edges(Set.of("one"), Set.of("one"), Optional.empty(), true, 0);
        edges.from("one", new FromEdge.Attached(false, List.of()), 0);
        FromEdge.Opened told = new FromEdge.Opened(0, new StreamFacts(7, PAIR, false, 0, 0));
        LinkEdgesEffect<String> known = tell("one", new ToEdge.Known(7));
        assertThat(edges.from("one", told, 10)).contains(known).hasSize(2);
        assertThat(edges.from("one", told, 20)).containsExactly(known);
    }

    private static LinkEdgesEffect<String> tell(String edge, ToEdge message) {
        return new LinkEdgesEffect.Tell<>(edge, message);
    }
}
