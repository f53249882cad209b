package io.wavegate.s2s.link;

import static io.wavegate.s2s.link.LinkScript.WAVE_HIS;
import static io.wavegate.s2s.link.LinkScript.pair;
import static io.wavegate.s2s.link.LinkScript.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which streams a link sends on, what it does about those that may be dead, and about stanzas that the peer does not take. */
class StreamTrustTest {
    private static final Duration LONG = LinkScript.TRUST_IDLE.plusSeconds(1);
    private final LinkScript script = new LinkScript();

    private static XmlElement reply(String id) {
        return Xml.stanza("<iq type='result' id='" + id + "' from='a.test' to='" + WAVE_HIS + "'/>");
    }

    private void up() {
        script.ask(request(1));
        script.discoverWaveService();
        script.result(script.next(), "");
        script.outcomes.clear();
        assertThat(script.sent).isEmpty();
    }

    private XmlElement nextPing() {
        XmlElement ping = script.next();
        assertThat(ping.child("urn:xmpp:ping", "ping")).isPresent();
        assertThat(script.sent).as("nothing more until it is answered").isEmpty();
        return ping;
    }

    @Test
    void aStreamJustUsedIsTrusted() {
        up();
        script.later(LinkScript.TRUST_IDLE);
        script.ask(request(1));
        assertThat(script.next().child("urn:x", "ask")).isPresent();
    }

    @Test
    void anIdleStreamIsAskedForASignOfLifeFirst() {
        up();
        script.later(LONG);
        long asked = script.ask(request(1));
        XmlElement ping = nextPing();
        script.error(ping, "service-unavailable");
        script.result(script.next(), "");
        assertThat(script.outcomes.get(asked)).isInstanceOf(Outcome.Answered.class);
        assertThat(script.dialled).isEmpty();
    }

    @Test
    void aStreamThatGivesNoneIsReplacedAndWhatWaitedGoesOnTheNewOne() {
        up();
        script.later(LONG);
        long asked = script.ask(request(1));
        nextPing();
        script.later(Duration.ofSeconds(6));
        assertThat(script.abandoned).containsExactly(pair(WAVE_HIS));
        script.opens(WAVE_HIS);
        script.result(script.next(), "");
        assertThat(script.outcomes.get(asked)).isInstanceOf(Outcome.Answered.class);
    }

    @Test
    void aServiceThatAnswersNoPingsGetsANewStreamAtOnceTheNextTime() {
        up();
        script.later(LONG);
        script.ask(request(1));
        nextPing();
        script.later(Duration.ofSeconds(6));
        script.opens(WAVE_HIS);
        script.result(script.next(), "");
        script.later(LONG);
        script.ask(request(1));
        assertThat(script.sent).isEmpty();
        script.opens(WAVE_HIS);
        assertThat(script.next().child("urn:x", "ask")).isPresent();
    }

    /** The peer asks us on a stream of its own and never hears our answers: it goes on asking, so the stream is never idle. */
    @Test
    void aStreamInUseOnWhichNothingIsAnsweredForLongIsAskedToo() {
        up();
        for (int answers = 1; answers <= 9; answers++) {
            script.later(Duration.ofSeconds(20));
            script.handle(new LinkInput.Say(pair(WAVE_HIS), reply("r" + answers)));
            assertThat(script.next().attribute("id")).contains("r" + answers);
        }
        script.later(Duration.ofSeconds(20));
        script.handle(new LinkInput.Say(pair(WAVE_HIS), reply("last")));
        nextPing();
        script.later(Duration.ofSeconds(6));
        assertThat(script.abandoned).containsExactly(pair(WAVE_HIS));
        script.opens(WAVE_HIS);
        assertThat(script.next().attribute("id")).contains("last");
    }

    @Test
    void aStreamInUseOnWhichSomethingIsAnsweredIsNotAsked() {
        up();
        for (int answers = 1; answers <= 12; answers++) {
            script.later(Duration.ofSeconds(20));
            script.handle(new LinkInput.Say(pair(WAVE_HIS), reply("r" + answers)));
            assertThat(script.next().attribute("id")).contains("r" + answers);
            script.ask(request(1));
            script.result(script.next(), "");
        }
    }

    @Test
    void aStreamThatAcknowledgesIsTrusted() {
        script.acknowledged = true;
        up();
        script.later(LONG);
        script.ask(request(1));
        assertThat(script.next().child("urn:x", "ask")).isPresent();
    }

    @Test
    void aWayBackThatWasSilentForLongIsAskedToo() {
        up();
        script.breaks(WAVE_HIS, StreamEnd.Reason.IDLE);
        script.ask(request(1));
        script.silence = LONG;
        script.opens(WAVE_HIS);
        nextPing();
    }

    @Test
    void theSuccessorOfAStreamThatWasGivenUpIsUsedInAnyCase() {
        up();
        script.later(LONG);
        script.ask(request(1));
        nextPing();
        script.later(Duration.ofSeconds(6));
        script.silence = LONG;
        script.opens(WAVE_HIS);
        script.result(script.next(), "");
        script.later(LONG);
        script.ask(request(1));
        script.opens(WAVE_HIS);
        assertThat(script.next().child("urn:x", "ask")).isPresent();
        assertThat(script.dialled).isEmpty();
    }

    @Test
    void theLinkGoingDownLeavesNoStreamWaitingForASignOfLife() {
        up();
        script.later(LONG);
        script.ask(request(1));
        nextPing();
        script.breaks(WAVE_HIS, StreamEnd.Reason.CONNECTION_LOST);
        script.ask(request(1));
        script.opens(WAVE_HIS);
        assertThat(script.sent).isNotEmpty();
    }

    @Test
    void aWayBackOfThePeersLetsAnswersGoAtOnce() {
        script.handle(new LinkInput.Say(pair(WAVE_HIS), reply("1")));
        script.refuses(WAVE_HIS);
        script.handle(new LinkInput.Say(pair(WAVE_HIS), reply("2")));
        assertThat(script.dialled).isEmpty();
        script.handle(new LinkInput.WayBack(pair(WAVE_HIS)));
        script.handle(new LinkInput.Say(pair(WAVE_HIS), reply("3")));
        script.opens(WAVE_HIS);
        assertThat(script.next().attribute("id")).contains("3");
    }

    @Test
    void answersThatAStreamIsKnownToHaveLostGoOnTheNextOneInOrder() {
        up();
        script.handle(new LinkInput.Say(pair(WAVE_HIS), reply("1")));
        script.handle(new LinkInput.Say(pair(WAVE_HIS), reply("2")));
        XmlElement request = Xml.stanza("<iq type='get' id='3' from='a.test' to='wave.b.test'/>");
        script.sent.clear();
        script.breaks(WAVE_HIS, StreamEnd.Reason.CONNECTION_LOST, List.of(reply("1"), request, reply("2")));
        script.opens(WAVE_HIS);
        assertThat(script.sent).containsExactly(reply("1"), reply("2"));
    }

    @Test
    void whoAskedTooMuchIsToldWhatThePeerTakes() {
        up();
        long asked = script.ask(request(1));
        XmlElement sent = script.next();
        script.handle(new LinkInput.TooLarge(pair(WAVE_HIS), new Unsent(List.of(sent), 10_000)));
        assertThat(script.outcomes.get(asked)).isEqualTo(new Outcome.TooLarge(10_000));
        script.result(sent, "");
        assertThat(script.link.view().counters().unmatched()).isEqualTo(1);
    }

    @Test
    void anAnswerTooLargeForThePeerBecomesAnErrorThatSaysSo() {
        up();
        script.handle(new LinkInput.TooLarge(pair(WAVE_HIS), new Unsent(List.of(reply("7")), 10_000)));
        XmlElement error = script.next();
        assertThat(Xml.text(error))
                .startsWith("<iq id='7' from='a.test' to='wave.b.test' type='error'>")
                .contains("<policy-violation ", "10000 bytes");
        script.handle(new LinkInput.TooLarge(pair(WAVE_HIS), new Unsent(List.of(error), 100)));
        assertThat(script.sent).isEmpty();
    }

    @Test
    void aPeerThatSaysNotAuthorizedIsLeftAloneForLongWhateverItSendsMeanwhile() {
        up();
        script.ask(request(1));
        script.sent.clear();
        script.handle(new LinkInput.StreamEnded(
                pair(WAVE_HIS),
                script.streamTo(WAVE_HIS),
                new StreamEnd(StreamEnd.Reason.REMOTE_STREAM_ERROR, StreamErrorCondition.NOT_AUTHORIZED, "no"),
                List.of()));
        script.reachable = 0;
        script.handle(new LinkInput.Heard());
        script.later(Duration.ofMinutes(5).minusSeconds(1));
        script.handle(new LinkInput.Heard());
        assertThat(script.reachable).isZero();
        script.later(Duration.ofSeconds(3));
        assertThat(script.reachable).isEqualTo(1);
    }
}
