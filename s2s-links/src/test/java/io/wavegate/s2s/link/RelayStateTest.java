package io.wavegate.s2s.link;

import static io.wavegate.s2s.link.RelayScript.PAIR;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RelayStateTest {
    private final RelayScript link = new RelayScript();

    @Test
    void stanzasWaitForTheStreamAndGoInOrder() {
        link.relay(1, 100);
        link.relay(2, 100);
        assertThat(link.opens()).isEqualTo(1);
        link.on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        assertThat(link.flushes()).containsExactly(List.of("1", "2"));
        link.relay(3, 100);
        assertThat(link.flushes()).as("one flush at a time").isEmpty();
        assertThat(link.outcomes).isEmpty();
        link.on(new LinkInput.Sent(PAIR, 7));
        assertThat(link.outcomes.keySet()).containsExactly(1L, 2L);
        assertThat(link.flushes()).containsExactly(List.of("3"));
    }

    @Test
    void failureBouncesAllAndForAWhileEverything() {
        link.relay(1, 100);
        link.on(new LinkInput.StreamFailed(PAIR, new StreamEnd(Reason.REMOTE_NOT_FOUND, "no such domain")));
        assertThat(link.condition(1)).isEqualTo(ErrorCondition.REMOTE_SERVER_NOT_FOUND);
        link.relay(2, 100);
        assertThat(link.condition(2)).isEqualTo(ErrorCondition.REMOTE_SERVER_NOT_FOUND);
        assertThat(link.opens()).isEqualTo(1);
        link.now += 1_001;
        link.relay(3, 100);
        assertThat(link.outcomes).doesNotContainKey(3L);
        assertThat(link.opens()).isEqualTo(2);
    }

    @Test
    void wordOfThePeerEndsTheWhile() {
        link.relay(1, 100);
        link.on(new LinkInput.StreamFailed(PAIR, new StreamEnd(Reason.CONNECT_FAILED, "refused")));
        assertThat(link.condition(1)).isEqualTo(ErrorCondition.REMOTE_SERVER_TIMEOUT);
        link.on(new LinkInput.Heard());
        link.relay(2, 100);
        assertThat(link.opens()).isEqualTo(2);
    }

    @Test
    void brokenStreamBouncesWhatIsInDoubtAndCarriesOnWithTheRest() {
        link.relay(1, 100);
        link.on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        link.relay(2, 100);
        link.on(new LinkInput.StreamEnded(PAIR, 7, new StreamEnd(Reason.CONNECTION_LOST, "gone"), List.of()));
        assertThat(link.condition(1)).isEqualTo(ErrorCondition.REMOTE_SERVER_TIMEOUT);
        assertThat(link.text(1)).contains("may have arrived");
        assertThat(link.opens()).isEqualTo(2);
        link.flushes();
        link.on(new LinkInput.StreamOpened(PAIR, 8, true, 0));
        assertThat(link.flushes()).containsExactly(List.of("2"));
    }

    @Test
    void whatWasSentAndNeverAcknowledgedIsBouncedOnce() {
        link.relay(1, 100);
        link.on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        List<XmlElement> first = link.sent();
        link.on(new LinkInput.Sent(PAIR, 7));
        link.relay(2, 100);
        List<XmlElement> both = new ArrayList<>(first);
        both.addAll(link.sent());
        link.on(new LinkInput.StreamEnded(PAIR, 7, new StreamEnd(Reason.CONNECTION_LOST, "gone"), both));
        assertThat(link.effects)
                .filteredOn(LinkEffect.Bounce.class::isInstance)
                .singleElement()
                .satisfies(bounce ->
                        assertThat(((LinkEffect.Bounce) bounce).stanzas()).isEqualTo(first));
        assertThat(link.condition(2)).isEqualTo(ErrorCondition.REMOTE_SERVER_TIMEOUT);
    }

    @Test
    void whatIsNotAcknowledgedOnAStreamThatWeClosedIsBouncedOnce() {
        link.relay(1, 100);
        link.on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        link.on(new LinkInput.Sent(PAIR, 7));
        List<XmlElement> first = link.sent();
        link.on(new LinkInput.CloseStreams());
        assertThat(link.effects).contains(new LinkEffect.CloseStream(PAIR, 7));
        link.relay(2, 100);
        link.on(new LinkInput.StreamOpened(PAIR, 8, true, 0));
        link.on(closedByUs(7, first));
        assertThat(link.bounced()).isEqualTo(first);
        assertThat(link.state.view().phase()).as("the stream of now").isEqualTo("up");
        assertThat(link.state.view().lastError()).contains("closed-by-us", "not acknowledged");
        link.on(new LinkInput.Sent(PAIR, 8));
        assertThat(link.outcomes.get(2L)).isEqualTo(RelayOutcome.SENT);
    }

    @Test
    void whatIsAcknowledgedOnAStreamThatWeClosedIsNotBounced() {
        link.relay(1, 100);
        link.on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        link.on(new LinkInput.Sent(PAIR, 7));
        link.on(new LinkInput.CloseStreams());
        link.on(closedByUs(7, List.of()));
        assertThat(link.bounced()).isEmpty();
        assertThat(link.state.view().lastError()).isEmpty();
    }

    @Test
    void whatWasBeingWrittenWhenWeClosedIsAwaitedAndToldOnce() {
        link.relay(1, 100);
        link.on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        link.relay(2, 100);
        link.on(new LinkInput.CloseStreams());
        assertThat(link.outcomes).isEmpty();
        List<XmlElement> first = link.sent();
        link.on(closedByUs(7, first));
        assertThat(link.bounced()).as("its sender is told instead").isEmpty();
        assertThat(link.condition(1)).isEqualTo(ErrorCondition.REMOTE_SERVER_TIMEOUT);
        link.on(new LinkInput.StreamOpened(PAIR, 8, true, 0));
        assertThat(link.flushes()).containsExactly(List.of("2"));
    }

    /** The same words said twice are two stanzas. */
    @Test
    void ofTwoEqualStanzasTheOneThatWasSentIsBounced() {
        XmlElement same = Xml.stanza("<message/>");
        link.on(new LinkInput.Relay(1, List.of(same), 100));
        link.on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        link.on(new LinkInput.Sent(PAIR, 7));
        link.on(new LinkInput.Relay(2, List.of(same), 100));
        link.on(new LinkInput.StreamEnded(PAIR, 7, new StreamEnd(Reason.CONNECTION_LOST, "gone"), List.of(same, same)));
        assertThat(link.bounced()).containsExactly(same);
        assertThat(link.condition(2)).isEqualTo(ErrorCondition.REMOTE_SERVER_TIMEOUT);
    }

    @Test
    void whatAStreamOfSomebodyBeforeItHasLostIsBounced() {
        XmlElement lost = Xml.stanza("<message/>");
        link.on(closedByUs(9, List.of(lost)));
        assertThat(link.bounced()).containsExactly(lost);
    }

    private static LinkInput.StreamEnded closedByUs(long stream, List<XmlElement> unacknowledged) {
        return new LinkInput.StreamEnded(PAIR, stream, new StreamEnd(Reason.CLOSED_BY_US, "as asked"), unacknowledged);
    }

    @Test
    void whatThePeerDoesNotTakeIsAPolicyViolation() {
        link.relay(1, 100);
        link.on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        link.on(new LinkInput.TooLarge(PAIR, new Unsent(link.sent(), 10_000)));
        assertThat(link.effects).anySatisfy(effect -> assertThat(effect)
                .isInstanceOfSatisfying(
                        LinkEffect.Bounce.class,
                        bounce -> assertThat(bounce.error().condition()).isEqualTo(ErrorCondition.POLICY_VIOLATION)));
    }

    @Test
    void fullQueueIsAResourceConstraint() {
        link.relay(1, 900);
        link.relay(2, 200);
        assertThat(link.condition(2)).isEqualTo(ErrorCondition.RESOURCE_CONSTRAINT);
        link.on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        link.on(new LinkInput.Sent(PAIR, 7));
        link.relay(3, 5_000);
        assertThat(link.outcomes).as("one stanza always has room").doesNotContainKey(3L);
    }

    @Test
    void whatWaitsTooLongIsBounced() {
        link.relay(1, 100);
        assertThat(link.state.nextWakeMillis(link.now)).isEqualTo(60_000);
        link.now = 60_000;
        link.on(new LinkInput.Tick());
        assertThat(link.condition(1)).isEqualTo(ErrorCondition.REMOTE_SERVER_TIMEOUT);
    }

    @Test
    void idleStreamIsClosedAndTheLinkForgotten() {
        link.relay(1, 100);
        link.on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        link.on(new LinkInput.Sent(PAIR, 7));
        assertThat(link.state.isQuiescent()).isFalse();
        link.now = link.state.nextWakeMillis(link.now);
        assertThat(link.now).isEqualTo(600_000);
        link.on(new LinkInput.Tick());
        assertThat(link.effects).contains(new LinkEffect.CloseStream(PAIR, 7));
        assertThat(link.state.isQuiescent()).isTrue();
    }

    @Test
    void operatorHasAStreamOpenedAtOnceThoughNothingIsToBeSent() {
        link.relay(1, 100);
        link.on(new LinkInput.StreamFailed(PAIR, new StreamEnd(Reason.CONNECT_FAILED, "refused")));
        assertThat(link.state.view().phase()).isEqualTo("down");
        link.on(new LinkInput.RetryNow());
        assertThat(link.opens()).isEqualTo(2);
        assertThat(link.state.view().phase()).isEqualTo("opening");
        link.on(new LinkInput.RetryNow());
        assertThat(link.opens()).as("that is being done already").isEqualTo(2);
        link.on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        assertThat(link.state.view().phase()).isEqualTo("up");
        assertThat(link.state.view().trace())
                .extracting(LinkView.TraceStep::text)
                .containsExactly("opening a stream from echo.a.test to b.test", "stream to b.test is open");
    }

    @Test
    void linkIsDownAsLongAsStanzasAreBouncedAtOnce() {
        link.relay(1, 100);
        link.on(new LinkInput.StreamFailed(PAIR, new StreamEnd(Reason.CONNECT_FAILED, "refused")));
        LinkView view = link.state.view();
        assertThat(view.phase()).isEqualTo("down");
        assertThat(view.lastError()).isEqualTo("connect-failed: refused");
        link.now = link.state.nextWakeMillis(link.now);
        link.on(new LinkInput.Tick());
        assertThat(link.state.view().phase()).isEqualTo("idle");
        assertThat(link.effects)
                .filteredOn(LinkEffect.PhaseChanged.class::isInstance)
                .extracting(effect -> ((LinkEffect.PhaseChanged) effect).to().title())
                .containsExactly("opening", "down", "idle");
    }

    @Test
    void endingTellsEverySender() {
        link.relay(1, 100);
        link.on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        link.relay(2, 100);
        link.end();
        assertThat(link.outcomes.keySet()).containsExactly(1L, 2L);
    }
}
