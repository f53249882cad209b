package io.wavegate.s2s.stream;

import static io.wavegate.s2s.stream.ReceivingPlays.DIALBACK;
import static io.wavegate.s2s.stream.ReceivingPlays.PLAIN;
import static io.wavegate.s2s.stream.ReceivingPlays.REQUEST;
import static io.wavegate.s2s.stream.ReceivingPlays.STRICT;
import static io.wavegate.s2s.stream.ReceivingPlays.THEIR_HEADER;
import static io.wavegate.s2s.stream.ReceivingPlays.TLS_FEATURES;
import static io.wavegate.s2s.stream.ReceivingPlays.VALID;
import static io.wavegate.s2s.stream.ReceivingPlays.answered;
import static io.wavegate.s2s.stream.ReceivingPlays.asked;
import static io.wavegate.s2s.stream.ReceivingPlays.error;
import static io.wavegate.s2s.stream.ReceivingPlays.establishedByExternal;
import static io.wavegate.s2s.stream.ReceivingPlays.message;
import static io.wavegate.s2s.stream.ReceivingPlays.ourHeader;
import static io.wavegate.s2s.stream.ReceivingPlays.question;
import static io.wavegate.s2s.stream.ReceivingPlays.secured;
import static io.wavegate.s2s.stream.Screenplay.ADA;
import static io.wavegate.s2s.stream.Screenplay.BEE;
import static io.wavegate.s2s.stream.Screenplay.CAT;
import static io.wavegate.s2s.stream.Screenplay.KEY;
import static io.wavegate.s2s.stream.Screenplay.peerOpens;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivingDialbackTest {
    @Test
    void dialbackAsksTheAuthoritativeServerAndThenStanzasPass() {
        asked().happens(answered(DialbackAnswer.VALID))
                .weSend(VALID)
                .ready(ADA, BEE, AuthenticatedBy.DIALBACK)
                .noDeadline()
                .peerSends(message("x@BEE.example/r", "ada.example"))
                .delivered("hi")
                .andThatIsAll();
    }

    @Test
    void anInvalidKeyEndsAStreamWithoutOtherPairs() {
        asked().happens(answered(DialbackAnswer.INVALID))
                .weSend("<db:result from='ada.example' to='bee.example' type='invalid'/></stream:stream>")
                .ends(StreamEnd.Reason.AUTHENTICATION_FAILED);
    }

    @Test
    void anErrorOfTheAuthoritativeServerLeavesTheStreamOpen() {
        asked().happens(answered(DialbackAnswer.REMOTE_SERVER_TIMEOUT))
                .weSend("<db:result from='ada.example' to='bee.example' " + error("remote-server-timeout"))
                .deadline(Duration.ofSeconds(60))
                .peerSends(REQUEST)
                .then(new StreamEffect.AskDialback(question()));
    }

    /** What the authoritative server says of itself is told as said of it (XEP-0220 section 2.4.2). */
    @ParameterizedTest
    @CsvSource({
        "ITEM_NOT_FOUND, remote-server-not-found",
        "REMOTE_SERVER_NOT_FOUND, remote-server-not-found",
        "POLICY_VIOLATION, remote-server-not-found",
        "NOT_AUTHORIZED, remote-server-not-found",
        "UNDEFINED_CONDITION, remote-server-not-found",
        "REMOTE_CONNECTION_FAILED, remote-connection-failed",
        "REMOTE_SERVER_TIMEOUT, remote-server-timeout",
        "RESOURCE_CONSTRAINT, resource-constraint",
    })
    void errorsOfTheAuthoritativeServerArePassedOn(DialbackAnswer inStepThree, String inStepFour) {
        asked().happens(answered(inStepThree))
                .weSendSomethingWith("<" + inStepFour + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>")
                .refused("dialback of bee.example to ada.example: " + inStepFour)
                .peerSends(REQUEST)
                .then(new StreamEffect.AskDialback(question()));
    }

    @Test
    void anAnswerToAnotherQuestionCountsForNothing() {
        asked().happens(new StreamInput.DialbackAnswered(
                        new DialbackQuestion(BEE, ADA, "id1", "KEY"), DialbackAnswer.VALID))
                .ignored()
                .andThatIsAll();
    }

    @Test
    void onePairIsVerifiedOnceAtATime() {
        asked().peerSends(REQUEST).ignored().andThatIsAll();
    }

    @ParameterizedTest
    @CsvSource({
        "bee.example, nosuch.example, item-not-found",
        "ada2.example, ada.example, not-acceptable",
    })
    void requestsThatCannotBeAreAnsweredWithAnError(String from, String to, String condition) {
        secured(StreamPolicy.DEFAULT, CAT)
                .weSendSomethingWith("dialback")
                .peerSends("<db:result from='" + from + "' to='" + to + "'>KEY</db:result>")
                .weSend("<db:result from='" + to + "' to='" + from + "' " + error(condition))
                .andThatIsAll();
    }

    @Test
    void dialbackInPlaintextNeedsToBeAllowed() {
        peerOpens(StreamPolicy.DEFAULT)
                .peerSends(THEIR_HEADER)
                .weSend(ourHeader("id1") + TLS_FEATURES)
                .peerSends(REQUEST)
                .weSend("<db:result from='ada.example' to='bee.example' " + error("policy-violation"))
                .andThatIsAll();
        peerOpens(PLAIN)
                .peerSends(THEIR_HEADER)
                .weSendSomethingWith("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>" + DIALBACK)
                .peerSends(REQUEST)
                .then(new StreamEffect.AskDialback(new DialbackQuestion(BEE, ADA, "id1", "KEY")));
    }

    @Test
    void aCertificateForTheSenderSparesDiallingBack() {
        establishedByExternal()
                .peerSends("<db:result from='cat.example' to='ada.example'>KEY</db:result>")
                .weSendSomethingWith("<not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><text ")
                .refused("dialback of cat.example to ada.example: not-authorized, dialback is not enough here");
        secured(StreamPolicy.DEFAULT, BEE, CAT)
                .weSendSomethingWith("EXTERNAL")
                .peerSends("<db:result from='cat.example' to='ada.example'>any</db:result>")
                .weSend("<db:result from='ada.example' to='cat.example' type='valid'/>")
                .ready(ADA, CAT, AuthenticatedBy.DIALBACK)
                .peerSends(message("cat.example", "ada.example"))
                .delivered("hi");
    }

    @Test
    void furtherPairsCanFailWithoutEndingTheStreamAndAreLimited() {
        Screenplay play =
                asked().happens(answered(DialbackAnswer.VALID)).weSend(VALID).ready(ADA, BEE, AuthenticatedBy.DIALBACK);
        DialbackQuestion cat = new DialbackQuestion(CAT, ADA, "id2", "C");
        play.peerSends("<db:result from='cat.example' to='ada.example'>C</db:result>")
                .then(new StreamEffect.AskDialback(cat))
                .happens(new StreamInput.DialbackAnswered(cat, DialbackAnswer.INVALID))
                .weSend("<db:result from='ada.example' to='cat.example' " + error("forbidden"));
        for (String name : new String[] {"d.example", "e.example"}) {
            play.peerSends("<db:result from='" + name + "' to='ada.example'>K</db:result>")
                    .then(new StreamEffect.AskDialback(new DialbackQuestion(name, ADA, "id2", "K")));
        }
        play.peerSends("<db:result from='f.example' to='ada.example'>K</db:result>")
                .weSendSomethingWith("<resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><text ")
                .andThatIsAll();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<db:result from='bee.example' to='ada.example' type='valid'/>",
                "<db:verify from='bee.example' to='ada.example' id='id2' type='valid'/>",
            })
    void unsolicitedAnswersCountForNothing(String answer) {
        peerOpens(PLAIN)
                .peerSends(THEIR_HEADER)
                .weSendSomethingWith("starttls")
                .peerSends(answer)
                .ignored()
                .andThatIsAll();
        asked().peerSends(answer).ignored().andThatIsAll();
        establishedByExternal().peerSends(answer).ignored().andThatIsAll();
    }

    @Test
    void weAnswerForOurKeysInEveryState() {
        String key = KEY.make(BEE, ADA, "s9");
        String verify = "<db:verify from='bee.example' to='ada.example' id='s9'>" + key + "</db:verify>";
        String wrong = "<db:verify from='bee.example' to='ada.example' id='s8'>" + key + "</db:verify>";
        String valid = "<db:verify from='ada.example' to='bee.example' id='s9' type='valid'/>";
        String invalid = "<db:verify from='ada.example' to='bee.example' id='s8' type='invalid'/>";
        peerOpens(STRICT)
                .peerSends(THEIR_HEADER)
                .weSendSomethingWith("starttls")
                .peerSends(verify)
                .weSend(valid);
        secured(STRICT)
                .weSendSomethingWith("dialback")
                .peerSends(verify + wrong)
                .weSend(valid + invalid);
        asked().peerSends(verify)
                .weSend(valid)
                .happens(answered(DialbackAnswer.VALID))
                .weSend(VALID);
        asked().happens(answered(DialbackAnswer.VALID))
                .weSend(VALID)
                .peerSends(verify)
                .weSend(valid);
        establishedByExternal().peerSends(wrong + verify).weSend(invalid + valid);
    }

    @Test
    void aVerificationForADomainThatWeDoNotServeIsAnError() {
        secured(STRICT)
                .weSendSomethingWith("dialback")
                .peerSends("<db:verify from='bee.example' to='no.example' id='1'>k</db:verify>")
                .weSend("<db:verify from='no.example' to='bee.example' id='1' "
                        + error("item-not-found").replace("db:result", "db:verify"));
    }
}
