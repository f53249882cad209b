package io.wavegate.s2s.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An edge and entities that come and go. */
class EdgeRegisterTest {
    private static final DomainPair LINK = new DomainPair("a.test", "b.test");
    private static final long ORPHAN_MILLIS = 1_000;
    private static final String FIRST = "first entity";
    private static final String SECOND = "second entity";
    private static final StreamEnd LOST = new StreamEnd(StreamEnd.Reason.CONNECTION_LOST, "gone");
    private static final List<XmlElement> STANZAS = List.of(Xml.stanza("<message id='1'/>"));

    private final EdgeRegister<String> edge = new EdgeRegister<>(ORPHAN_MILLIS, new EdgeRegister.Live() {
        @Override
        public boolean acknowledged(long stream) {
            return true;
        }

        @Override
        public long silentMillis(long stream) {
            return 0;
        }
    });

    private EdgeRegister.Attempt asked(String entity, long incarnation) {
        return edge.from(LINK, incarnation, entity, new ToEdge.Open(LINK, 1)).stream()
                .filter(EdgeEffect.Dial.class::isInstance)
                .map(effect -> ((EdgeEffect.Dial<String>) effect).attempt())
                .findAny()
                .orElseThrow();
    }

    private long opened(String entity, long incarnation) {
        EdgeRegister.Attempt attempt = asked(entity, incarnation);
        long stream = edge.nextStream();
        edge.opened(attempt);
        return stream;
    }

    private static FromEdge.Ended ended(long stream) {
        return new FromEdge.Ended(stream, LINK, LOST, STANZAS);
    }

    private List<EdgeEffect<String>> comes(String entity, long incarnation) {
        return edge.from(LINK, incarnation, entity, new ToEdge.Attach());
    }

    @Test
    void streamThatIsThereOnlyWhenTheEdgeLeavesIsLeftToo() {
        EdgeRegister.Attempt attempt = asked(FIRST, 1);
        edge.leave();
        assertThat(edge.links()).as("told when the edge began to leave").isEmpty();
        assertThat(edge.opened(attempt)).contains(new EdgeEffect.Tell<>(FIRST, new FromEdge.Leaving()));
    }

    @Test
    void whatAStreamLostWhileThereIsNoEntityBringsOneBackAndIsToldTheOneThatComes() {
        long stream = opened(FIRST, 1);
        edge.gone(LINK, FIRST, 0);
        assertThat(edge.ended(stream, LOST, STANZAS)).containsExactly(new EdgeEffect.Wake<>(LINK, ended(stream)));
        assertThat(comes(SECOND, 2)).contains(new EdgeEffect.Tell<>(SECOND, ended(stream)));
    }

    @Test
    void endOfWhichTheEntityDidNotHearBeforeItWentIsToldToo() {
        long stream = opened(FIRST, 1);
        assertThat(edge.ended(stream, LOST, STANZAS)).containsExactly(new EdgeEffect.Tell<>(FIRST, ended(stream)));
        assertThat(edge.gone(LINK, FIRST, 0)).containsExactly(new EdgeEffect.Wake<>(LINK, ended(stream)));
    }

    @Test
    void endOfWhichTheEntityHeardIsToldNobodyElse() {
        long stream = opened(FIRST, 1);
        edge.ended(stream, LOST, STANZAS);
        edge.from(LINK, 1, FIRST, new ToEdge.EndSeen(stream));
        assertThat(edge.gone(LINK, FIRST, 0)).isEmpty();
        assertThat(comes(SECOND, 2))
                .containsExactly(
                        new EdgeEffect.Arrived<>(LINK, 2),
                        new EdgeEffect.Tell<>(SECOND, new FromEdge.Attached(false, List.of())));
    }

    @Test
    void streamIsClosedOnceHoweverOftenThatIsSaidAndWhoSaysItAfterItsEndIsToldOfThat() {
        long stream = opened(FIRST, 1);
        ToEdge close = new ToEdge.Close(stream);
        assertThat(edge.from(LINK, 1, FIRST, close)).containsExactly(new EdgeEffect.Close<>(stream));
        assertThat(edge.from(LINK, 1, FIRST, close)).isEmpty();
        edge.ended(stream, LOST, STANZAS);
        assertThat(edge.from(LINK, 1, FIRST, close)).containsExactly(new EdgeEffect.Tell<>(FIRST, ended(stream)));
        edge.from(LINK, 1, FIRST, new ToEdge.EndSeen(stream));
        assertThat(edge.from(LINK, 1, FIRST, close))
                .singleElement()
                .extracting(effect -> ((EdgeEffect.Tell<String>) effect).message())
                .isInstanceOf(FromEdge.Ended.class);
    }

    @Test
    void successorIsToldOfWhatItsPredecessorAskedForUntilItSaysThatItKnows() {
        EdgeRegister.Attempt attempt = asked(FIRST, 1);
        comes(SECOND, 2);
        long stream = edge.nextStream();
        EdgeEffect<String> told =
                new EdgeEffect.Tell<>(SECOND, new FromEdge.Opened(0, new StreamFacts(stream, LINK, true, 0, 0)));
        assertThat(edge.opened(attempt)).containsExactly(told);
        assertThat(edge.tick(0)).containsExactly(told);
        edge.from(LINK, 1, FIRST, new ToEdge.Known(stream));
        assertThat(edge.tick(0)).as("who has been succeeded says nothing").containsExactly(told);
        edge.from(LINK, 2, SECOND, new ToEdge.Known(stream));
        assertThat(edge.tick(0)).isEmpty();
    }

    @Test
    void whatNobodyComesForIsClosedAndForgotten() {
        long open = opened(FIRST, 1);
        long ended = opened(FIRST, 2);
        edge.ended(ended, LOST, STANZAS);
        edge.gone(LINK, FIRST, 0);
        assertThat(edge.tick(ORPHAN_MILLIS - 1)).isEmpty();
        assertThat(edge.tick(ORPHAN_MILLIS)).containsExactly(new EdgeEffect.Close<>(open));
        assertThat(edge.ended(open, LOST, List.of())).isEmpty();
        assertThat(edge.links()).isEmpty();
        assertThat(comes(SECOND, 3)).doesNotContain(new EdgeEffect.Tell<>(SECOND, ended(ended)));
    }
}
