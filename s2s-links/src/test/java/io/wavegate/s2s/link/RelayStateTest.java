package io.wavegate.s2s.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RelayStateTest {
    private static final DomainPair PAIR = new DomainPair("echo.a.test", "b.test");

    private final RelayState state = new RelayState(
            PAIR,
            new RelaySettings(
                    1_000,
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10),
                    2,
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(5)),
            () -> "unique",
            new Random(1),
            0);
    private final Map<Long, RelayOutcome> outcomes = new LinkedHashMap<>();
    private final List<LinkEffect> effects = new ArrayList<>();
    private long now;

    @Test
    void stanzasWaitForTheStreamAndGoInOrder() {
        relay(1, 100);
        relay(2, 100);
        assertThat(opens()).isEqualTo(1);
        on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        assertThat(sends()).containsExactly(List.of("1", "2"));
        relay(3, 100);
        assertThat(sends()).as("one flush at a time").isEmpty();
        assertThat(outcomes).isEmpty();
        on(new LinkInput.Sent(PAIR, 7));
        assertThat(outcomes.keySet()).containsExactly(1L, 2L);
        assertThat(sends()).containsExactly(List.of("3"));
    }

    @Test
    void failureBouncesAllAndForAWhileEverything() {
        relay(1, 100);
        on(new LinkInput.StreamFailed(PAIR, new StreamEnd(Reason.REMOTE_NOT_FOUND, "no such domain")));
        assertThat(condition(1)).isEqualTo(ErrorCondition.REMOTE_SERVER_NOT_FOUND);
        relay(2, 100);
        assertThat(condition(2)).isEqualTo(ErrorCondition.REMOTE_SERVER_NOT_FOUND);
        assertThat(opens()).isEqualTo(1);
        now += 1_001;
        relay(3, 100);
        assertThat(outcomes).doesNotContainKey(3L);
        assertThat(opens()).isEqualTo(2);
    }

    @Test
    void wordOfThePeerEndsTheWhile() {
        relay(1, 100);
        on(new LinkInput.StreamFailed(PAIR, new StreamEnd(Reason.CONNECT_FAILED, "refused")));
        assertThat(condition(1)).isEqualTo(ErrorCondition.REMOTE_SERVER_TIMEOUT);
        on(new LinkInput.Heard());
        relay(2, 100);
        assertThat(opens()).isEqualTo(2);
    }

    @Test
    void brokenStreamBouncesWhatIsInDoubtAndCarriesOnWithTheRest() {
        relay(1, 100);
        on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        relay(2, 100);
        on(new LinkInput.StreamEnded(PAIR, 7, new StreamEnd(Reason.CONNECTION_LOST, "gone"), List.of()));
        assertThat(condition(1)).isEqualTo(ErrorCondition.REMOTE_SERVER_TIMEOUT);
        assertThat(outcomes.get(1L).error().orElseThrow().text()).contains("may have arrived");
        assertThat(opens()).isEqualTo(2);
        sends();
        on(new LinkInput.StreamOpened(PAIR, 8, true, 0));
        assertThat(sends()).containsExactly(List.of("2"));
    }

    @Test
    void whatWasSentAndNeverAcknowledgedIsBouncedOnce() {
        relay(1, 100);
        on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        List<XmlElement> first = sent();
        on(new LinkInput.Sent(PAIR, 7));
        relay(2, 100);
        List<XmlElement> both = new ArrayList<>(first);
        both.addAll(sent());
        on(new LinkInput.StreamEnded(PAIR, 7, new StreamEnd(Reason.CONNECTION_LOST, "gone"), both));
        assertThat(effects)
                .filteredOn(LinkEffect.Bounce.class::isInstance)
                .singleElement()
                .satisfies(bounce ->
                        assertThat(((LinkEffect.Bounce) bounce).stanzas()).isEqualTo(first));
        assertThat(condition(2)).isEqualTo(ErrorCondition.REMOTE_SERVER_TIMEOUT);
    }

    @Test
    void whatIsNotAcknowledgedOnAStreamThatWeClosedIsBouncedOnce() {
        relay(1, 100);
        on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        on(new LinkInput.Sent(PAIR, 7));
        List<XmlElement> first = sent();
        on(new LinkInput.CloseStreams());
        assertThat(effects).contains(new LinkEffect.CloseStream(PAIR, 7));
        relay(2, 100);
        on(new LinkInput.StreamOpened(PAIR, 8, true, 0));
        on(closedByUs(7, first));
        assertThat(bounced()).isEqualTo(first);
        assertThat(state.view().phase()).as("the stream of now").isEqualTo("up");
        assertThat(state.view().lastError()).contains("closed-by-us", "not acknowledged");
        on(new LinkInput.Sent(PAIR, 8));
        assertThat(outcomes.get(2L)).isEqualTo(RelayOutcome.SENT);
    }

    @Test
    void whatIsAcknowledgedOnAStreamThatWeClosedIsNotBounced() {
        relay(1, 100);
        on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        on(new LinkInput.Sent(PAIR, 7));
        on(new LinkInput.CloseStreams());
        on(closedByUs(7, List.of()));
        assertThat(bounced()).isEmpty();
        assertThat(state.view().lastError()).isEmpty();
    }

    @Test
    void whatWasBeingWrittenWhenWeClosedIsAwaitedAndToldOnce() {
        relay(1, 100);
        on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        relay(2, 100);
        on(new LinkInput.CloseStreams());
        assertThat(outcomes).isEmpty();
        List<XmlElement> first = sent();
        on(closedByUs(7, first));
        assertThat(bounced()).as("its sender is told instead").isEmpty();
        assertThat(condition(1)).isEqualTo(ErrorCondition.REMOTE_SERVER_TIMEOUT);
        on(new LinkInput.StreamOpened(PAIR, 8, true, 0));
        assertThat(sends()).containsExactly(List.of("2"));
    }

    /** The same words said twice are two stanzas. */
    @Test
    void ofTwoEqualStanzasTheOneThatWasSentIsBounced() {
        XmlElement same = Xml.stanza("<message/>");
        on(new LinkInput.Relay(1, List.of(same), 100));
        on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        on(new LinkInput.Sent(PAIR, 7));
        on(new LinkInput.Relay(2, List.of(same), 100));
        on(new LinkInput.StreamEnded(PAIR, 7, new StreamEnd(Reason.CONNECTION_LOST, "gone"), List.of(same, same)));
        assertThat(bounced()).containsExactly(same);
        assertThat(condition(2)).isEqualTo(ErrorCondition.REMOTE_SERVER_TIMEOUT);
    }

    @Test
    void whatAStreamOfSomebodyBeforeItHasLostIsBounced() {
        XmlElement lost = Xml.stanza("<message/>");
        on(closedByUs(9, List.of(lost)));
        assertThat(bounced()).containsExactly(lost);
    }

    private static LinkInput.StreamEnded closedByUs(long stream, List<XmlElement> unacknowledged) {
        return new LinkInput.StreamEnded(PAIR, stream, new StreamEnd(Reason.CLOSED_BY_US, "as asked"), unacknowledged);
    }

    private List<XmlElement> bounced() {
        return effects.stream()
                .filter(LinkEffect.Bounce.class::isInstance)
                .flatMap(effect -> ((LinkEffect.Bounce) effect).stanzas().stream())
                .toList();
    }

    @Test
    void whatThePeerDoesNotTakeIsAPolicyViolation() {
        relay(1, 100);
        on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        on(new LinkInput.TooLarge(PAIR, new Unsent(sent(), 10_000)));
        assertThat(effects).anySatisfy(effect -> assertThat(effect)
                .isInstanceOfSatisfying(
                        LinkEffect.Bounce.class,
                        bounce -> assertThat(bounce.error().condition()).isEqualTo(ErrorCondition.POLICY_VIOLATION)));
    }

    @Test
    void fullQueueIsAResourceConstraint() {
        relay(1, 900);
        relay(2, 200);
        assertThat(condition(2)).isEqualTo(ErrorCondition.RESOURCE_CONSTRAINT);
        on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        on(new LinkInput.Sent(PAIR, 7));
        relay(3, 5_000);
        assertThat(outcomes).as("one stanza always has room").doesNotContainKey(3L);
    }

    @Test
    void whatWaitsTooLongIsBounced() {
        relay(1, 100);
        assertThat(state.nextWakeMillis()).isEqualTo(60_000);
        now = 60_000;
        on(new LinkInput.Tick());
        assertThat(condition(1)).isEqualTo(ErrorCondition.REMOTE_SERVER_TIMEOUT);
    }

    @Test
    void idleStreamIsClosedAndTheLinkForgotten() {
        relay(1, 100);
        on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        on(new LinkInput.Sent(PAIR, 7));
        assertThat(state.isQuiescent()).isFalse();
        now = state.nextWakeMillis();
        assertThat(now).isEqualTo(600_000);
        on(new LinkInput.Tick());
        assertThat(effects).contains(new LinkEffect.CloseStream(PAIR, 7));
        assertThat(state.isQuiescent()).isTrue();
    }

    @Test
    void operatorHasAStreamOpenedAtOnceThoughNothingIsToBeSent() {
        relay(1, 100);
        on(new LinkInput.StreamFailed(PAIR, new StreamEnd(Reason.CONNECT_FAILED, "refused")));
        assertThat(state.view().phase()).isEqualTo("down");
        on(new LinkInput.RetryNow());
        assertThat(opens()).isEqualTo(2);
        assertThat(state.view().phase()).isEqualTo("opening");
        on(new LinkInput.RetryNow());
        assertThat(opens()).as("that is being done already").isEqualTo(2);
        on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        assertThat(state.view().phase()).isEqualTo("up");
        assertThat(state.view().trace())
                .extracting(LinkView.TraceStep::text)
                .containsExactly("opening a stream from echo.a.test to b.test", "stream to b.test is open");
    }

    @Test
    void linkIsDownAsLongAsStanzasAreBouncedAtOnce() {
        relay(1, 100);
        on(new LinkInput.StreamFailed(PAIR, new StreamEnd(Reason.CONNECT_FAILED, "refused")));
        LinkView view = state.view();
        assertThat(view.phase()).isEqualTo("down");
        assertThat(view.lastError()).isEqualTo("connect-failed: refused");
        now = state.nextWakeMillis();
        on(new LinkInput.Tick());
        assertThat(state.view().phase()).isEqualTo("idle");
        assertThat(effects)
                .filteredOn(LinkEffect.PhaseChanged.class::isInstance)
                .extracting(effect -> ((LinkEffect.PhaseChanged) effect).to().title())
                .containsExactly("opening", "down", "idle");
    }

    @Test
    void endingTellsEverySender() {
        relay(1, 100);
        on(new LinkInput.StreamOpened(PAIR, 7, true, 0));
        relay(2, 100);
        state.end().forEach(this::note);
        assertThat(outcomes.keySet()).containsExactly(1L, 2L);
    }

    private void relay(long token, long bytes) {
        on(new LinkInput.Relay(token, List.of(Xml.stanza("<message id='" + token + "'/>")), bytes));
    }

    private void on(LinkInput input) {
        state.handle(input, now).forEach(this::note);
    }

    private void note(LinkEffect effect) {
        effects.add(effect);
        if (effect instanceof LinkEffect.Relayed relayed) {
            assertThat(outcomes.put(relayed.token(), relayed.outcome())).isNull();
        }
    }

    private ErrorCondition condition(long token) {
        return outcomes.get(token).error().orElseThrow().condition();
    }

    private long opens() {
        return effects.stream().filter(LinkEffect.OpenStream.class::isInstance).count();
    }

    /** The ids in each flush since it was last asked for. */
    private List<XmlElement> sent() {
        List<XmlElement> stanzas = new ArrayList<>();
        for (LinkEffect effect : effects) {
            if (effect instanceof LinkEffect.Send send) {
                stanzas.addAll(send.stanzas());
            }
        }
        effects.removeIf(LinkEffect.Send.class::isInstance);
        return stanzas;
    }

    private List<List<String>> sends() {
        List<List<String>> ids = new ArrayList<>();
        for (LinkEffect effect : effects) {
            if (effect instanceof LinkEffect.Send send) {
                ids.add(send.stanzas().stream().map(RelayStateTest::id).toList());
            }
        }
        effects.removeIf(LinkEffect.Send.class::isInstance);
        return ids;
    }

    private static String id(XmlElement stanza) {
        return stanza.attribute("id").orElseThrow();
    }
}
