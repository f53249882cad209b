package io.wavegate.s2s.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A component's link asks a stream that was idle for a sign of life; no stanza that waits for it vanishes. */
final class RelayTrustTest {
    private static final DomainPair PAIR = new DomainPair("echo.a.test", "b.test");
    private static final long IDLE_MILLIS = 60_001;
    private static final long CHECK_MILLIS = 5_000;

    private int ids;
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
                    Duration.ofMillis(CHECK_MILLIS)),
            () -> "id" + ++ids,
            new Random(1),
            0);
    private final Map<Long, RelayOutcome> outcomes = new LinkedHashMap<>();
    private final Deque<XmlElement> sent = new ArrayDeque<>();
    private final List<Long> abandoned = new ArrayList<>();
    private long now;
    private int dialled;

    @Test
    void idleStreamIsAskedFirstAndWhatWaitsFollowsTheAnswerAtOnceAndInOrder() {
        openAndIdle(false);
        relay(2);
        XmlElement ping = nextPing();
        relay(3);
        flushed();
        assertThat(sent).isEmpty();
        answer(ping);
        assertThat(sent).extracting(RelayTrustTest::id).containsExactly("2", "3");
        flushed();
        assertThat(outcomes.values()).containsOnly(RelayOutcome.SENT);
        relay(4);
        assertThat(sent).as("trusted again").extracting(RelayTrustTest::id).containsExactly("2", "3", "4");
    }

    @Test
    void errorIsASignOfLifeAndAnotherAnswerIsNone() {
        openAndIdle(false);
        relay(2);
        XmlElement ping = nextPing();
        flushed();
        on(new LinkInput.Answer("wavegate-ping-other", Xml.stanza("<iq type='result' id='wavegate-ping-other'/>")));
        assertThat(sent).isEmpty();
        on(new LinkInput.Answer(id(ping), Xml.stanza("<iq type='error' id='" + id(ping) + "'/>")));
        assertThat(sent).hasSize(1);
    }

    @Test
    void silentStreamIsGivenUpAndWhatWaitsGoesOnANewOne() {
        openAndIdle(false);
        relay(2);
        nextPing();
        flushed();
        silence();
        assertThat(abandoned).containsExactly(7L);
        assertThat(dialled).isEqualTo(2);
        on(new LinkInput.StreamOpened(PAIR, 8, false, 0));
        assertThat(sent).extracting(RelayTrustTest::id).containsExactly("2");
        assertThat(state.view().phase()).isEqualTo("up");
    }

    @Test
    void whereThereIsNoNewStreamEitherSendersAreTold() {
        openAndIdle(false);
        relay(2);
        nextPing();
        silence();
        on(new LinkInput.StreamFailed(PAIR, new StreamEnd(Reason.CONNECT_FAILED, "refused")));
        assertThat(outcomes.get(2L).error().orElseThrow().condition()).isEqualTo(ErrorCondition.REMOTE_SERVER_TIMEOUT);
        assertThat(outcomes.get(2L).error().orElseThrow().text()).doesNotContain("may have arrived");
    }

    @Test
    void streamThatEndsInsteadOfAnsweringIsReplacedAtOnce() {
        openAndIdle(false);
        relay(2);
        nextPing();
        on(new LinkInput.StreamEnded(PAIR, 7, new StreamEnd(Reason.CONNECTION_LOST, "gone"), List.of()));
        assertThat(dialled).isEqualTo(2);
        assertThat(outcomes).doesNotContainKey(2L);
        on(new LinkInput.StreamOpened(PAIR, 8, false, 0));
        assertThat(sent).extracting(RelayTrustTest::id).containsExactly("2");
    }

    @Test
    void peerThatAnswersNoPingsGetsANewStreamAtOnceTheNextTime() {
        openAndIdle(false);
        relay(2);
        nextPing();
        silence();
        on(new LinkInput.StreamOpened(PAIR, 8, false, 0));
        sent.clear();
        on(new LinkInput.Sent(PAIR, 8));
        now += IDLE_MILLIS;
        relay(3);
        assertThat(sent).isEmpty();
        assertThat(abandoned).containsExactly(7L, 8L);
        on(new LinkInput.StreamOpened(PAIR, 9, false, 0));
        assertThat(sent).extracting(RelayTrustTest::id).containsExactly("3");
    }

    @Test
    void successorOfAStreamThatWasGivenUpIsUsedInAnyCase() {
        openAndIdle(false);
        relay(2);
        nextPing();
        silence();
        on(new LinkInput.StreamOpened(PAIR, 8, false, IDLE_MILLIS));
        assertThat(sent).extracting(RelayTrustTest::id).containsExactly("2");
        on(new LinkInput.Sent(PAIR, 8));
        now += IDLE_MILLIS;
        relay(3);
        on(new LinkInput.StreamOpened(PAIR, 9, false, IDLE_MILLIS));
        assertThat(sent).extracting(RelayTrustTest::id).containsExactly("2", "3");
        assertThat(dialled).isEqualTo(3);
    }

    @Test
    void streamThatAcknowledgesShowsLossesByItself() {
        openAndIdle(true);
        relay(2);
        assertThat(sent).extracting(RelayTrustTest::id).containsExactly("2");
    }

    @Test
    void oldWayBackIsAskedBeforeItsFirstStanza() {
        relay(1);
        on(new LinkInput.StreamOpened(PAIR, 7, false, IDLE_MILLIS));
        nextPing();
    }

    private void openAndIdle(boolean acknowledged) {
        relay(1);
        on(new LinkInput.StreamOpened(PAIR, 7, acknowledged, 0));
        assertThat(sent.remove().name().local()).isEqualTo("message");
        flushed();
        now += IDLE_MILLIS;
    }

    private XmlElement nextPing() {
        XmlElement ping = sent.remove();
        assertThat(Xml.text(ping)).contains("from='echo.a.test'", "to='b.test'", "type='get'", "urn:xmpp:ping");
        assertThat(sent).as("nothing more until it is answered").isEmpty();
        return ping;
    }

    private void flushed() {
        on(new LinkInput.Sent(PAIR, 7));
    }

    private void silence() {
        assertThat(state.nextWakeMillis()).isEqualTo(now + CHECK_MILLIS);
        now += CHECK_MILLIS;
        on(new LinkInput.Tick());
    }

    private void answer(XmlElement ping) {
        XmlElement answer = Xml.stanza("<iq type='result' from='b.test' to='echo.a.test' id='" + id(ping) + "'/>");
        assertThat(RelayPing.isAnswer(answer)).isTrue();
        assertThat(RelayPing.isAnswer(ping)).isFalse();
        on(new LinkInput.Answer(id(answer), answer));
    }

    private void relay(long token) {
        on(new LinkInput.Relay(token, List.of(Xml.stanza("<message id='" + token + "'/>")), 10));
    }

    private void on(LinkInput input) {
        for (LinkEffect effect : state.handle(input, now)) {
            if (effect instanceof LinkEffect.Relayed relayed) {
                assertThat(outcomes.put(relayed.token(), relayed.outcome())).isNull();
            } else if (effect instanceof LinkEffect.Send send) {
                sent.addAll(send.stanzas());
            } else if (effect instanceof LinkEffect.OpenStream) {
                dialled++;
            } else if (effect instanceof LinkEffect.AbandonStream abandon) {
                abandoned.add(abandon.stream());
            }
        }
    }

    private static String id(XmlElement stanza) {
        return stanza.attribute("id").orElseThrow();
    }
}
