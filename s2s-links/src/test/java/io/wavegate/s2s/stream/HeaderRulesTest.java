package io.wavegate.s2s.stream;

import static io.wavegate.s2s.stream.ReceivingPlays.STARTTLS;
import static io.wavegate.s2s.stream.ReceivingPlays.THEIR_HEADER;
import static io.wavegate.s2s.stream.ReceivingPlays.TLS_FEATURES;
import static io.wavegate.s2s.stream.ReceivingPlays.features;
import static io.wavegate.s2s.stream.ReceivingPlays.ourHeader;
import static io.wavegate.s2s.stream.ReceivingPlays.secured;
import static io.wavegate.s2s.stream.Screenplay.BEE;
import static io.wavegate.s2s.stream.Screenplay.header;
import static io.wavegate.s2s.stream.Screenplay.peerOpens;
import static io.wavegate.s2s.stream.Screenplay.weOpen;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The attributes of stream headers (RFC 6120 section 4.7, spec 4.1). */
class HeaderRulesTest {
    private static final String OURS = header("from='ada.example' to='bee.example' version='1.0' xml:lang='en'");

    @Test
    void weSayWhoWeAreWhomWeWantAndOurVersionAndGiveNoId() {
        weOpen(StreamPolicy.DEFAULT).weSend(OURS);
    }

    @Test
    void theAnswerTurnsFromAndToRoundAndHasAnId() {
        peerOpens(StreamPolicy.DEFAULT).peerSends(THEIR_HEADER).weSend(ourHeader("id1") + TLS_FEATURES);
    }

    @Test
    void everyRestartHasANewId() {
        secured(StreamPolicy.DEFAULT, BEE).weSendSomethingWith(" id='id2' ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "2.0", "10.7"})
    void laterVersionsAreAnsweredByOurs(String version) {
        peerOpens(StreamPolicy.DEFAULT)
                .peerSends(THEIR_HEADER.replace("version='1.0'>", "version='" + version + "'>"))
                .weSend(ourHeader("id1") + TLS_FEATURES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " version='0.9'", " version='0.0'", " version='x'", " version=''"})
    void beforeOneThereAreNoFeatures(String version) {
        peerOpens(StreamPolicy.DEFAULT)
                .peerSends(header("from='bee.example' to='ada.example'" + version))
                .weSend(header("from='ada.example' to='bee.example' id='id1' xml:lang='en'"))
                .andThatIsAll();
    }

    @Test
    void whoDoesNotSayWhoItIsIsNotToldEither() {
        peerOpens(StreamPolicy.DEFAULT)
                .peerSends(header("to='ada.example' version='1.0'"))
                .weSend(header("from='ada.example' id='id1' version='1.0' xml:lang='en'") + TLS_FEATURES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ADA.example", "ada.example.", "Ada.Example."})
    void namesAreComparedPrepared(String to) {
        peerOpens(StreamPolicy.DEFAULT)
                .peerSends(header("from='bee.example' to='" + to + "' version='1.0'"))
                .weSend(ourHeader("id1") + TLS_FEATURES);
    }

    @Test
    void anInitiatorsIdMeansNothing() {
        peerOpens(StreamPolicy.DEFAULT)
                .peerSends(header("from='bee.example' to='ada.example' version='1.0' id=''"))
                .weSend(ourHeader("id1") + TLS_FEATURES);
    }

    @ParameterizedTest
    @CsvSource({"from='bee.example', true", "from='BEE.example.', true", "'', true", "from='cat.example', false"})
    void anAnswerMayLackFromButNotBeSomebodyElses(String from, boolean good) {
        Screenplay play = weOpen(StreamPolicy.DEFAULT)
                .weSend(OURS)
                .peerSends(header(from + " id='1' version='1.0'") + features(STARTTLS));
        if (good) {
            play.weSend(STARTTLS);
        } else {
            play.weSendSomethingWith("<invalid-from ").ends(StreamEnd.Reason.PROTOCOL_ERROR);
        }
    }

    @Test
    void foreignDeclarationsInAHeaderDoNoHarm() {
        peerOpens(StreamPolicy.DEFAULT)
                .peerSends(THEIR_HEADER.replace("xmlns:db=", "xmlns:x='urn:x' xmlns:db="))
                .weSend(ourHeader("id1") + TLS_FEATURES);
    }
}
