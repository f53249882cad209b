package io.wavegate.s2s.link;

import static io.wavegate.s2s.link.LinkScript.HIS;
import static io.wavegate.s2s.link.LinkScript.OTHER_INFO;
import static io.wavegate.s2s.link.LinkScript.WAVE_HIS;
import static io.wavegate.s2s.link.LinkScript.WAVE_INFO;
import static io.wavegate.s2s.link.LinkScript.items;
import static io.wavegate.s2s.link.LinkScript.message;
import static io.wavegate.s2s.link.LinkScript.pair;
import static io.wavegate.s2s.link.LinkScript.request;
import static io.wavegate.s2s.link.LinkScript.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LinkStateTest {
    private final LinkScript script = new LinkScript();

    @Test
    void requestsWaitForDiscoveryAndGoToTheServiceInOrder() {
        long first = script.ask(request(1));
        long second = script.ask(message());
        script.discoverWaveService();
        XmlElement iq = script.next();
        XmlElement told = script.next();
        assertThat(iq.attribute("to")).contains(WAVE_HIS);
        assertThat(told.name().local()).isEqualTo("message");
        script.receipt(told);
        script.result(iq, "<ok xmlns='urn:x'/>");
        assertThat(script.outcomes.get(first)).isInstanceOf(Outcome.Answered.class);
        assertThat(script.outcomes.get(second)).isInstanceOf(Outcome.Answered.class);
        assertThat(script.reachable).isZero();
    }

    @Test
    void nativePeerIsItsOwnService() {
        script.ask(request(1));
        script.opens(HIS);
        script.result(script.next(), items());
        script.result(script.next(), WAVE_INFO);
        assertThat(script.next().attribute("to")).contains(HIS);
        assertThat(script.link.view().service()).isEqualTo(HIS);
    }

    @Test
    void answerOfSomebodyElseDoesNotCount() {
        long token = script.ask(request(1));
        script.discoverWaveService();
        XmlElement iq = script.next();
        script.answer(iq, HIS, "type='result'", "");
        script.answer(iq, "evil.test", "type='result'", "");
        script.answer(iq, WAVE_HIS + "/x", "type='result'", "");
        assertThat(script.outcomes).doesNotContainKey(token);
        assertThat(script.link.view().counters().unmatched()).isEqualTo(3);
        script.result(iq, "");
        assertThat(script.outcomes).containsKey(token);
        script.result(iq, "");
        assertThat(script.link.view().counters().unmatched()).isEqualTo(4);
    }

    @Test
    void receiptDoesNotAnswerAnIq() {
        long token = script.ask(request(1));
        script.discoverWaveService();
        String id = script.next().attribute("id").orElseThrow();
        script.handle(new LinkInput.Answer(
                id,
                Xml.stanza("<message id='" + id + "' from='wave.b.test' to='a.test'>"
                        + "<received xmlns='urn:xmpp:receipts'/></message>")));
        assertThat(script.outcomes).doesNotContainKey(token);
    }

    @Test
    void oneSilentRequestDoesNotTakeTheLinkDownAndIsNudgedLater() {
        long silent = script.ask(message());
        script.discoverWaveService();
        script.next();
        script.later(Duration.ofSeconds(20));
        script.handle(new LinkInput.Heard());
        script.later(Duration.ofSeconds(12));
        assertThat(script.outcomes.get(silent)).isInstanceOf(Outcome.Unreachable.class);
        assertThat(script.link.view().phase()).isEqualTo("up");
        assertThat(script.reachable).isEqualTo(1);
    }

    @Test
    void totalSilenceTakesTheLinkDownAndItFindsItsWayBackByItself() {
        script.ask(message());
        script.discoverWaveService();
        script.next();
        script.later(Duration.ofMillis(31_500));
        assertThat(script.outcomes.values()).allMatch(Outcome.Unreachable.class::isInstance);
        assertThat(script.next().attribute("to"))
                .as("it is asked for a sign of life")
                .contains(WAVE_HIS);
        script.later(Duration.ofSeconds(15));
        assertThat(script.link.view().phase()).isEqualTo("up");
        int nudged = script.reachable;
        assertThat(nudged).isEqualTo(1);
        script.ask(message());
        script.next();
        script.later(Duration.ofSeconds(9));
        XmlElement asked = script.next();
        assertThat(asked.attribute("to")).contains(HIS);
        script.result(asked, items(WAVE_HIS));
        script.next();
        script.result(script.next(), WAVE_INFO);
        assertThat(script.link.view().phase()).isEqualTo("up");
        assertThat(script.reachable).isEqualTo(nudged + 1);
    }

    /** The reference gives no receipt for what it knows (spec 3.2), which must not make links go down and up for ever. */
    @Test
    void silenceOfAServiceThatLivesIsNudgedEverMoreRarelyAndTakesNoLinkDown() {
        script.ask(message());
        script.discoverWaveService();
        script.next();
        for (int minute = 0; minute < 60; minute++) {
            script.later(Duration.ofSeconds(31));
            script.result(script.next(), WAVE_INFO);
            assertThat(script.link.view().phase()).isEqualTo("up");
            script.later(Duration.ofSeconds(29));
            script.ask(message());
            script.next();
        }
        assertThat(script.reachable).isBetween(8, 45);
    }

    @Test
    void unreachablePeerRefusesAtOnceAndIsRetriedWithGrowingPauses() {
        script.ask(request(1));
        script.refuses(HIS);
        script.refuses(WAVE_HIS);
        assertThat(script.link.view().phase()).isEqualTo("down");
        assertThat(script.outcomes.values()).singleElement().isInstanceOf(Outcome.Unreachable.class);
        assertThat(script.outcomes.get(script.ask(request(1)))).isInstanceOf(Outcome.Unreachable.class);
        int attempts = 0;
        for (int minute = 0; minute < 60; minute++) {
            script.later(Duration.ofMinutes(1));
            while (!script.dialled.isEmpty()) {
                attempts += script.dialled.contains(pair(HIS)) ? 1 : 0;
                script.refuses(script.dialled.get(0).remote());
            }
        }
        assertThat(attempts).isBetween(12, 40);
        assertThat(script.reachable).isZero();
    }

    @Test
    void wordFromThePeerBringsTheNextAttemptForward() {
        script.ask(request(1));
        script.refuses(HIS);
        script.refuses(WAVE_HIS);
        for (int i = 0; i < 12; i++) {
            script.later(Duration.ofMinutes(5));
            while (!script.dialled.isEmpty()) {
                script.refuses(script.dialled.get(0).remote());
            }
        }
        script.now += 5_000;
        script.handle(new LinkInput.Heard());
        assertThat(script.dialled).containsExactly(pair(HIS));
        script.discoverWaveService();
        assertThat(script.reachable).isEqualTo(1);
    }

    @Test
    void peerThatSpeaksButCannotBeReachedIsNotDialledAtEachWord() {
        script.ask(request(1));
        script.refuses(HIS);
        script.refuses(WAVE_HIS);
        int attempts = 0;
        for (int i = 0; i < 600; i++) {
            script.later(Duration.ofMillis(100));
            script.handle(new LinkInput.Heard());
            while (!script.dialled.isEmpty()) {
                attempts += script.dialled.contains(pair(HIS)) ? 1 : 0;
                script.refuses(script.dialled.get(0).remote());
            }
        }
        assertThat(attempts).isLessThan(25);
    }

    @Test
    void domainThatIsNoWaveDomainIsBelievedForFiveMinutes() {
        script.ask(request(1));
        script.opens(HIS);
        script.result(script.next(), items());
        script.result(script.next(), OTHER_INFO);
        script.refuses(WAVE_HIS);
        assertThat(script.link.view().phase()).isEqualTo("down");
        script.later(Duration.ofSeconds(200));
        script.handle(new LinkInput.Heard());
        assertThat(script.sent).isEmpty();
        script.later(Duration.ofSeconds(105));
        assertThat(script.sent).hasSize(1);
    }

    @Test
    void lostStreamFailsWhatWasUnderWayAndTheWaveletsAreToldToGoOn() {
        long token = script.ask(request(1));
        script.discoverWaveService();
        script.breaks(WAVE_HIS, StreamEnd.Reason.CONNECTION_LOST);
        assertThat(script.outcomes.get(token)).isInstanceOf(Outcome.Unreachable.class);
        script.later(Duration.ofSeconds(2));
        assertThat(script.reachable).isEqualTo(1);
        script.ask(request(1));
        assertThat(script.dialled).containsExactly(pair(WAVE_HIS));
    }

    @Test
    void cleanlyClosedStreamStillGetsItsAnswers() {
        long token = script.ask(request(1));
        script.discoverWaveService();
        XmlElement iq = script.next();
        script.breaks(WAVE_HIS, StreamEnd.Reason.CLOSED_BY_REMOTE);
        script.result(iq, "");
        assertThat(script.outcomes.get(token)).isInstanceOf(Outcome.Answered.class);
    }

    @Test
    void aStreamWhoseCertificateEndedIsFollowedByANewOneAndItsAnswersStillCome() {
        long token = script.ask(request(1));
        script.discoverWaveService();
        XmlElement iq = script.next();
        script.breaks(WAVE_HIS, StreamEnd.Reason.CERTIFICATE_EXPIRED);
        script.result(iq, "");
        assertThat(script.outcomes.get(token)).isInstanceOf(Outcome.Answered.class);
        long second = script.ask(request(1));
        script.opens(WAVE_HIS);
        script.result(script.next(), "");
        assertThat(script.outcomes.get(second)).isInstanceOf(Outcome.Answered.class);
    }

    @Test
    void boundsTurnAwayAndSayWhenThereIsRoomAgain() {
        LinkScript bounded = new LinkScript(settings(4, 1_000));
        for (int i = 0; i < 4; i++) {
            bounded.ask(request(10));
        }
        assertThat(bounded.outcomes.get(bounded.ask(request(10)))).isInstanceOf(Outcome.Overloaded.class);
        bounded.discoverWaveService();
        bounded.result(bounded.next(), "");
        assertThat(bounded.reachable).isZero();
        bounded.result(bounded.next(), "");
        assertThat(bounded.reachable).isEqualTo(1);
    }

    @Test
    void bytesAreBoundedTooButOneRequestAlwaysFits() {
        LinkScript bounded = new LinkScript(settings(4, 1_000));
        long large = bounded.ask(request(5_000));
        assertThat(bounded.outcomes).doesNotContainKey(large);
        assertThat(bounded.outcomes.get(bounded.ask(request(1)))).isInstanceOf(Outcome.Overloaded.class);
    }

    @Test
    void serviceThatIsAwayTakesTheLinkDown() {
        long token = script.ask(request(1));
        script.discoverWaveService();
        script.error(script.next(), "service-unavailable");
        assertThat(script.outcomes.get(token)).isInstanceOf(Outcome.Unreachable.class);
        assertThat(script.link.view().phase()).isEqualTo("down");
        assertThat(script.link.view().lastError()).contains("service-unavailable");
    }

    @Test
    void repliesGoOutOnOurOwnStreamOpenedOnDemandAndWithoutDiscovery() {
        script.handle(new LinkInput.Say(pair(HIS), Xml.stanza("<iq id='q' type='result' from='a.test' to='b.test'/>")));
        script.opens(HIS);
        assertThat(script.next().attribute("id")).contains("q");
        assertThat(script.link.view().phase()).isEqualTo("idle");
    }

    @Test
    void repliesAreBoundedAndAPeerThatCannotBeDialledGetsNone() {
        XmlElement reply = Xml.stanza("<iq id='q' type='result' from='a.test' to='b.test'/>");
        for (int i = 0; i < 15; i++) {
            script.handle(new LinkInput.Say(pair(HIS), reply));
        }
        assertThat(script.link.view().counters().repliesDropped()).isEqualTo(5);
        script.refuses(HIS);
        script.handle(new LinkInput.Say(pair(HIS), reply));
        assertThat(script.dialled).isEmpty();
    }

    @Test
    void idleStreamsAreClosedAndTheLinkComesToRest() {
        script.ask(request(1));
        script.discoverWaveService();
        script.result(script.next(), "");
        assertThat(script.link.isQuiescent()).isFalse();
        script.later(Duration.ofMinutes(11));
        assertThat(script.closed).containsExactlyInAnyOrder(pair(HIS), pair(WAVE_HIS));
        assertThat(script.link.isQuiescent()).isTrue();
        assertThat(script.link.nextWakeMillis(script.now)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void discoveryIsRenewedAfterTwoHours() {
        script.ask(request(1));
        script.discoverWaveService();
        script.result(script.next(), "");
        script.later(Duration.ofHours(2));
        script.ask(request(1));
        script.discoverWaveService();
        assertThat(script.next().child("urn:x", "ask")).isPresent();
    }

    @Test
    void somethingBehindFromBeforeARestartMakesTheLinkDialByItself() {
        script.handle(new LinkInput.Behind());
        script.later(Duration.ofSeconds(2));
        script.discoverWaveService();
        assertThat(script.reachable).isEqualTo(1);
    }

    @Test
    void onlyAnAddressThatDiscoveryLeadsToSpeaksForTheDomain() {
        assertThat(script.confirmed.get(script.confirm(HIS))).isTrue();
        long wave = script.confirm(WAVE_HIS);
        long other = script.confirm("other.b.test");
        script.discoverWaveService();
        assertThat(script.confirmed.get(wave)).isTrue();
        assertThat(script.confirmed.get(other)).isFalse();
        assertThat(script.confirmed.get(script.confirm("evil.test"))).isFalse();
    }

    /** A server that was started again sends its update once: refused, it would be lost (spec 7.4). */
    @Test
    void aServiceThatWasNotToBeFoundAndSpeaksIsAnsweredAfterTheNextSearchAndNotBefore() {
        script.ask(request(1));
        script.refuses(HIS);
        script.refuses(WAVE_HIS);
        assertThat(script.link.view().phase()).isEqualTo("down");
        assertThat(script.confirmed.get(script.confirm("evil.test"))).isFalse();
        long wave = script.confirm(WAVE_HIS);
        assertThat(script.confirmed).doesNotContainKey(wave);
        script.later(Duration.ofMillis(1_100));
        script.discoverWaveService();
        assertThat(script.confirmed.get(wave)).isTrue();
    }

    @Test
    void endTellsEverybodyAndLeavesStreamsToTheNext() {
        long token = script.ask(request(1));
        script.discoverWaveService();
        assertThat(script.link.end(script.now))
                .anySatisfy(effect -> assertThat(effect)
                        .isInstanceOfSatisfying(LinkEffect.Complete.class, complete -> assertThat(complete.token())
                                .isEqualTo(token)))
                .noneMatch(LinkEffect.CloseStream.class::isInstance);
    }
}
