package io.wavegate.s2s.link;

import static io.wavegate.s2s.link.RelayScript.CHECK_MILLIS;
import static io.wavegate.s2s.link.RelayScript.IDLE_MILLIS;
import static io.wavegate.s2s.link.RelayScript.PAIR;
import static io.wavegate.s2s.link.RelayScript.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A component's link asks a stream that was idle for a sign of life; no stanza that waits for it vanishes. */
final class RelayTrustTest {
    private final RelayScript link = new RelayScript();
    private final Deque<XmlElement> sent = new ArrayDeque<>();

    @Test
    void idleStreamIsAskedFirstAndWhatWaitsFollowsTheAnswerAtOnceAndInOrder() {
        openAndIdle(false);
        relay(2);
        XmlElement ping = nextPing();
        relay(3);
        flushed();
        assertThat(sent).isEmpty();
        answer(ping);
        assertThat(sent).extracting(RelayScript::id).containsExactly("2", "3");
        flushed();
        assertThat(link.outcomes.values()).containsOnly(RelayOutcome.SENT);
        relay(4);
        assertThat(sent).as("trusted again").extracting(RelayScript::id).containsExactly("2", "3", "4");
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
        assertThat(link.abandoned()).containsExactly(7L);
        assertThat(link.opens()).isEqualTo(2);
        on(new LinkInput.StreamOpened(PAIR, 8, false, 0));
        assertThat(sent).extracting(RelayScript::id).containsExactly("2");
        assertThat(link.state.view().phase()).isEqualTo("up");
    }

    @Test
    void whereThereIsNoNewStreamEitherSendersAreTold() {
        openAndIdle(false);
        relay(2);
        nextPing();
        silence();
        on(new LinkInput.StreamFailed(PAIR, new StreamEnd(Reason.CONNECT_FAILED, "refused")));
        assertThat(link.condition(2)).isEqualTo(ErrorCondition.REMOTE_SERVER_TIMEOUT);
        assertThat(link.text(2)).doesNotContain("may have arrived");
    }

    @Test
    void streamThatEndsInsteadOfAnsweringIsReplacedAtOnce() {
        openAndIdle(false);
        relay(2);
        nextPing();
        on(new LinkInput.StreamEnded(PAIR, 7, new StreamEnd(Reason.CONNECTION_LOST, "gone"), List.of()));
        assertThat(link.opens()).isEqualTo(2);
        assertThat(link.outcomes).doesNotContainKey(2L);
        on(new LinkInput.StreamOpened(PAIR, 8, false, 0));
        assertThat(sent).extracting(RelayScript::id).containsExactly("2");
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
        link.now += IDLE_MILLIS;
        relay(3);
        assertThat(sent).isEmpty();
        assertThat(link.abandoned()).containsExactly(7L, 8L);
        on(new LinkInput.StreamOpened(PAIR, 9, false, 0));
        assertThat(sent).extracting(RelayScript::id).containsExactly("3");
    }

    @Test
    void successorOfAStreamThatWasGivenUpIsUsedInAnyCase() {
        openAndIdle(false);
        relay(2);
        nextPing();
        silence();
        on(new LinkInput.StreamOpened(PAIR, 8, false, IDLE_MILLIS));
        assertThat(sent).extracting(RelayScript::id).containsExactly("2");
        on(new LinkInput.Sent(PAIR, 8));
        link.now += IDLE_MILLIS;
        relay(3);
        on(new LinkInput.StreamOpened(PAIR, 9, false, IDLE_MILLIS));
        assertThat(sent).extracting(RelayScript::id).containsExactly("2", "3");
        assertThat(link.opens()).isEqualTo(3);
    }

    @Test
    void streamThatAcknowledgesShowsLossesByItself() {
        openAndIdle(true);
        relay(2);
        assertThat(sent).extracting(RelayScript::id).containsExactly("2");
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
        link.now += IDLE_MILLIS;
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
        assertThat(link.state.nextWakeMillis(link.now)).isEqualTo(link.now + CHECK_MILLIS);
        link.now += CHECK_MILLIS;
        on(new LinkInput.Tick());
    }

    private void answer(XmlElement ping) {
        XmlElement answer = Xml.stanza("<iq type='result' from='b.test' to='echo.a.test' id='" + id(ping) + "'/>");
        assertThat(RelayPing.isAnswer(answer)).isTrue();
        assertThat(RelayPing.isAnswer(ping)).isFalse();
        on(new LinkInput.Answer(id(answer), answer));
    }

    private void relay(long token) {
        link.relay(token, 10);
        sent.addAll(link.sent());
    }

    private void on(LinkInput input) {
        link.on(input);
        sent.addAll(link.sent());
    }
}
