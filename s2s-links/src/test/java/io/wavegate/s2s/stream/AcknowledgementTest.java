package io.wavegate.s2s.stream;

import static io.wavegate.s2s.stream.ReceivingPlays.DIALBACK;
import static io.wavegate.s2s.stream.ReceivingPlays.EXTERNAL;
import static io.wavegate.s2s.stream.ReceivingPlays.PROCEED;
import static io.wavegate.s2s.stream.ReceivingPlays.STARTTLS;
import static io.wavegate.s2s.stream.ReceivingPlays.STRICT;
import static io.wavegate.s2s.stream.ReceivingPlays.SUCCESS;
import static io.wavegate.s2s.stream.ReceivingPlays.asked;
import static io.wavegate.s2s.stream.ReceivingPlays.auth;
import static io.wavegate.s2s.stream.ReceivingPlays.establishedByExternal;
import static io.wavegate.s2s.stream.ReceivingPlays.features;
import static io.wavegate.s2s.stream.ReceivingPlays.message;
import static io.wavegate.s2s.stream.Screenplay.ADA;
import static io.wavegate.s2s.stream.Screenplay.BEE;
import static io.wavegate.s2s.stream.Screenplay.header;
import static io.wavegate.s2s.stream.Screenplay.weOpen;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** XEP-0198 between servers: acknowledgements without resumption. */
class AcknowledgementTest {
    private static final String SM = "<sm xmlns='urn:xmpp:sm:3'/>";
    private static final String ENABLE = "<enable xmlns='urn:xmpp:sm:3'/>";
    private static final String ENABLED = "<enabled xmlns='urn:xmpp:sm:3'/>";
    private static final String ASKS = "<r xmlns='urn:xmpp:sm:3'/>";
    private static final String OURS = "<message from='ada.example' to='bee.example'/>";
    private static final String OUR_HEADER = header("from='ada.example' to='bee.example' version='1.0' xml:lang='en'");
    private static final String END = "</stream:stream>";
    private static final Duration ASK_AFTER = Duration.ofMillis(200);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private static String h(long count) {
        return "<a xmlns='urn:xmpp:sm:3' h='" + count + "'/>";
    }

    private static String failed(String condition) {
        return "<failed xmlns='urn:xmpp:sm:3'><" + condition
                + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>";
    }

    private static String theirHeader(String id) {
        return header("from='bee.example' to='ada.example' id='" + id + "' version='1.0' xml:lang='en'");
    }

    private static Screenplay weOpened() {
        return weOpen(STRICT)
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("p1") + features(STARTTLS))
                .weSend(STARTTLS)
                .peerSends(PROCEED)
                .startsTls()
                .tlsProving(BEE)
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("p2") + features(EXTERNAL))
                .weSend(auth("YWRhLmV4YW1wbGU="))
                .peerSends(SUCCESS)
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("p3") + features(SM + DIALBACK))
                .weSend(ENABLE)
                .then(new StreamEffect.Acknowledging(true))
                .ready(ADA, BEE, AuthenticatedBy.SASL_EXTERNAL);
    }

    /** A stream of theirs on which so many stanzas came after it was enabled. */
    private static Screenplay theyOpened(int stanzas) {
        Screenplay play =
                establishedByExternal().peerSends(ENABLE).weSend(ENABLED).then(new StreamEffect.Acknowledging(true));
        for (int i = 0; i < stanzas; i++) {
            play.peerSends(message(BEE, ADA)).delivered("hi");
        }
        return play;
    }

    private static Screenplay handled(Screenplay play, int stanzas) {
        return play.happens(new StreamInput.Handled(stanzas));
    }

    @Test
    void enabledIsNotWaitedFor() {
        weOpened().weWantToSend(OURS).weSend(OURS).kept(1).andThatIsAll();
    }

    @Test
    void whatIsNotOfferedIsNotEnabled() {
        weOpen(STRICT)
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("p1") + features(STARTTLS + SM))
                .weSend(STARTTLS);
    }

    @Test
    void anAnswerIsAskedForAWhileAfterAStanzaAndLetsTheKeptGo() {
        weOpened()
                .weWantToSend(OURS, OURS)
                .weSend(OURS + OURS)
                .kept(2)
                .weWantToSend(OURS)
                .weSend(OURS)
                .kept(1)
                .passes(StreamTimer.ACK, ASK_AFTER)
                .weSend(ASKS)
                .peerSends(h(2))
                .then(new StreamEffect.Acknowledged(2))
                .passes(StreamTimer.ACK, ASK_AFTER)
                .weSend(ASKS)
                .peerSends(h(3))
                .then(new StreamEffect.Acknowledged(1))
                .doesNotRun(StreamTimer.ACK)
                .andThatIsAll();
    }

    @Test
    void manyStanzasAskAtOnceAndOnlyOnce() {
        String[] many = Collections.nCopies(32, OURS).toArray(new String[0]);
        weOpened()
                .weWantToSend(many)
                .weSend(String.join("", many) + ASKS)
                .kept(32)
                .weWantToSend(many)
                .weSend(String.join("", many))
                .kept(32)
                .peerSends(h(32))
                .then(new StreamEffect.Acknowledged(32))
                .andThatIsAll();
    }

    @Test
    void silenceAfterAQuestionEndsTheStream() {
        weOpened()
                .weWantToSend(OURS)
                .weSend(OURS)
                .kept(1)
                .passes(StreamTimer.ACK, ASK_AFTER)
                .weSend(ASKS)
                .passes(StreamTimer.ACK, ANSWER_WITHIN)
                .weSendSomethingWith("<connection-timeout ")
                .ends(StreamEnd.Reason.UNRESPONSIVE);
    }

    @Test
    void aQuietStreamIsAskedWhereItAnswersAndElseGetsASpace() {
        weOpened().happens(new StreamInput.Quiet()).weSend(ASKS).peerSends(h(0)).andThatIsAll();
        establishedByExternal().happens(new StreamInput.Quiet()).weSend(" ");
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "4294967295, 1", "33, 1"})
    void aCountBeyondWhatWasSentOrBackEndsTheStream(String count, int sent) {
        weOpened()
                .weWantToSend(OURS)
                .weSend(OURS)
                .kept(1)
                .peerSends("<a xmlns='urn:xmpp:sm:3' h='" + count + "'/>")
                .weSendSomethingWith("<undefined-condition xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
                        + "<text xmlns='urn:ietf:params:xml:ns:xmpp-streams' xml:lang='en'>h goes beyond what was sent,"
                        + " or back</text><handled-count-too-high xmlns='urn:xmpp:sm:3' h='" + count
                        + "' send-count='" + sent + "'/></stream:error></stream:stream>")
                .ends(StreamEnd.Reason.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "one", "4294967296", "9999999999", "99999999999"})
    void aCountThatIsNoneEndsTheStream(String count) {
        weOpened()
                .peerSends("<a xmlns='urn:xmpp:sm:3' h='" + count + "'/>")
                .weSendSomethingWith("<bad-format ")
                .ends(StreamEnd.Reason.PROTOCOL_ERROR);
    }

    @Test
    void countsGoRoundAfterTwoToThe32() {
        Acks acks = Acks.NONE.tracking();
        long almost = (1L << 32) - 2;
        for (int i = 0; i < 2; i++) {
            acks = acks.withSent((int) (almost / 2));
        }
        acks = acks.withAcknowledged(almost).orElseThrow().withSent(4);
        assertThat(acks.withAcknowledged(2).orElseThrow().unacknowledged()).isZero();
        assertThat(acks.withAcknowledged(1).orElseThrow().unacknowledged()).isEqualTo(1);
        assertThat(acks.withAcknowledged(3)).isEmpty();
        assertThat(acks.withAcknowledged(almost - 1)).isEmpty();
        assertThat(Acks.onWire(acks.sent())).isEqualTo(2);
    }

    @Test
    void afterARefusalNothingIsKept() {
        weOpened()
                .weWantToSend(OURS)
                .weSend(OURS)
                .kept(1)
                .peerSends(failed("feature-not-implemented"))
                .then(new StreamEffect.Acknowledged(1))
                .then(new StreamEffect.Acknowledging(false))
                .doesNotRun(StreamTimer.ACK)
                .weWantToSend(OURS)
                .weSend(OURS)
                .andThatIsAll();
    }

    @Test
    void onlyWhatIsDealtWithIsAcknowledgedAndTheRestOnceItIs() {
        Screenplay play = theyOpened(3);
        handled(play, 1).weSendNothing().peerSends(ASKS).weSend(h(1));
        handled(play, 1).weSendNothing();
        handled(play, 1).weSend(h(3)).andThatIsAll();
        play.peerSends(ASKS).weSend(h(3));
        handled(play.peerSends(message(BEE, ADA)).delivered("hi"), 1).weSendNothing();
    }

    @Test
    void whatCameBeforeItWasEnabledDoesNotCount() {
        Screenplay play = establishedByExternal()
                .peerSends(message(BEE, ADA) + message(BEE, ADA))
                .delivered("hi")
                .delivered("hi")
                .happens(new StreamInput.Handled(1))
                .peerSends(ENABLE)
                .weSend(ENABLED)
                .then(new StreamEffect.Acknowledging(true))
                .peerSends(message(BEE, ADA) + ASKS)
                .delivered("hi")
                .weSend(h(0));
        handled(play, 1).weSendNothing();
        handled(play, 1).weSend(h(1));
    }

    @Test
    void neitherNonzasNorSpacesCount() {
        handled(theyOpened(1), 1)
                .peerSends(" " + h(0) + "<db:verify from='bee.example' to='ada.example' id='s'>k</db:verify> " + ASKS)
                .weSendSomethingWith("type='invalid'/>" + h(1))
                .andThatIsAll();
    }

    @Test
    void theLastCountGoesBeforeOurEndOfTheStream() {
        handled(theyOpened(2), 2)
                .happens(new StreamInput.Close(new StreamEnd(StreamEnd.Reason.IDLE, "long")))
                .weSend(h(2) + "</stream:stream>");
    }

    /** XEP-0198 section 4: what is not acknowledged by the end counts as not handled, so the peer is asked in time. */
    @Test
    void ourEndAsksForWhatIsNotAcknowledgedAndTheAnswerStillCounts() {
        closedByUs(ENABLED)
                .weSend(h(0) + ASKS + END)
                .peerSends(h(1))
                .then(new StreamEffect.Acknowledged(1))
                .peerSends(END)
                .ends(StreamEnd.Reason.CLOSED_BY_US);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<enabled xmlns='urn:xmpp:sm:3'/>"})
    void anEndWithoutTheAnswerLetsNothingGo(String late) {
        closedByUs("").weSend(ASKS + END).peerSends(late + END).ends(StreamEnd.Reason.CLOSED_BY_US);
    }

    @Test
    void aRefusalAfterOurEndLetsAllGo() {
        closedByUs("")
                .weSend(ASKS + END)
                .peerSends(failed("feature-not-implemented"))
                .then(new StreamEffect.Acknowledged(1))
                .then(new StreamEffect.Acknowledging(false))
                .peerSends(END)
                .ends(StreamEnd.Reason.CLOSED_BY_US);
    }

    /** RFC 6120 section 4.4. */
    @ParameterizedTest
    @ValueSource(strings = {"<r xmlns='urn:xmpp:sm:3'/>", "<a xmlns='urn:xmpp:sm:3' h='7'/>", "<x xmlns='urn:x'/>"})
    void behindOurEndNothingIsWritten(String element) {
        closedByUs(ENABLED)
                .weSend(h(0) + ASKS + END)
                .peerSends(element)
                .ignored()
                .weSendNothing();
    }

    @Test
    void theTimeForAskingDoesNotCutTheClosingShort() {
        Screenplay play = closedByUs("").weSend(ASKS + END).passes(StreamTimer.ACK, ASK_AFTER);
        play.andThatIsAll();
        play.timeIsUp().ends(StreamEnd.Reason.CLOSED_BY_US);
    }

    @Test
    void theLastCountGoesBeforeWeAnswerTheirEnd() {
        handled(theyOpened(1), 1).peerSends(END).weSend(h(1) + END).ends(StreamEnd.Reason.CLOSED_BY_REMOTE);
    }

    /** A stanza of ours is out when we close. */
    private static Screenplay closedByUs(String answer) {
        return weOpened()
                .peerSends(answer)
                .weWantToSend(OURS)
                .weSend(OURS)
                .kept(1)
                .happens(new StreamInput.Close(new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "asked")));
    }

    @ParameterizedTest
    @CsvSource({
        "<resume xmlns='urn:xmpp:sm:3' h='1' previd='x'/>, item-not-found",
        "<enable xmlns='urn:xmpp:sm:3'/>, unexpected-request",
    })
    void neitherResumptionNorASecondEnable(String element, String condition) {
        theyOpened(0).peerSends(element).weSend(failed(condition)).andThatIsAll();
    }

    @Test
    void resumptionIsNotPromised() {
        establishedByExternal()
                .peerSends("<enable xmlns='urn:xmpp:sm:3' resume='true' max='600'/>")
                .weSend(ENABLED);
    }

    @Test
    void beforeAuthenticationItIsTooEarly() {
        asked().peerSends(ENABLE)
                .weSend(failed("unexpected-request"))
                .peerSends("<resume xmlns='urn:xmpp:sm:3' h='1' previd='x'/>")
                .weSend(failed("unexpected-request"))
                .andThatIsAll();
    }

    @Test
    void questionsAndAnswersWithoutEnableMeanNothing() {
        establishedByExternal().peerSends(ASKS + h(5)).ignored().ignored().weSendNothing();
    }
}
