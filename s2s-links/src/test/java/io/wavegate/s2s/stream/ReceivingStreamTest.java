package io.wavegate.s2s.stream;

import static io.wavegate.s2s.stream.Screenplay.ADA;
import static io.wavegate.s2s.stream.Screenplay.BEE;
import static io.wavegate.s2s.stream.Screenplay.CAT;
import static io.wavegate.s2s.stream.Screenplay.KEY;
import static io.wavegate.s2s.stream.Screenplay.header;
import static io.wavegate.s2s.stream.Screenplay.peerOpens;

import io.wavegate.s2s.stream.StreamPolicy.Authentication;
import io.wavegate.s2s.stream.StreamPolicy.Tls;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivingStreamTest {
    private static final String THEIR_HEADER = header("from='bee.example' to='ada.example' version='1.0'");
    private static final String STARTTLS = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
    private static final String PROCEED = "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
    private static final String TLS_FEATURES = "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'>"
            + "<required/></starttls></stream:features>";
    private static final String DIALBACK = "<dialback xmlns='urn:xmpp:features:dialback'><errors/></dialback>";
    private static final String EXTERNAL =
            "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>" + "<mechanism>EXTERNAL</mechanism></mechanisms>";
    private static final String SUCCESS = "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>";
    private static final String REQUEST = "<db:result from='bee.example' to='ada.example'>KEY</db:result>";
    private static final String VALID = "<db:result from='ada.example' to='bee.example' type='valid'/>";
    private static final StreamPolicy STRICT = new StreamPolicy(Tls.REQUIRED, Authentication.CERTIFICATE);
    private static final StreamPolicy DIALBACK_ONLY = new StreamPolicy(Tls.REQUIRED, Authentication.DIALBACK);
    private static final StreamPolicy PLAIN =
            new StreamPolicy(Tls.PLAINTEXT_ALLOWED, Authentication.CERTIFICATE_OR_DIALBACK);

    private static String ourHeader(String id) {
        return header("from='ada.example' to='bee.example' id='" + id + "' version='1.0' xml:lang='en'");
    }

    private static String features(String inside) {
        return inside.isEmpty() ? "<stream:features/>" : "<stream:features>" + inside + "</stream:features>";
    }

    private static String auth(String payload) {
        return "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>" + payload + "</auth>";
    }

    private static String message(String from, String to) {
        return "<message from='" + from + "' to='" + to + "'><body>hi</body></message>";
    }

    private static String error(String condition) {
        return "type='error'><error type='cancel'><" + condition
                + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></db:result>";
    }

    private static Screenplay securing(StreamPolicy policy) {
        return peerOpens(policy)
                .peerSends(THEIR_HEADER)
                .weSend(ourHeader("id1") + TLS_FEATURES)
                .peerSends(STARTTLS)
                .weSend(PROCEED)
                .startsTls();
    }

    private static Screenplay secured(StreamPolicy policy, String... proved) {
        return securing(policy).tlsProving(proved).peerSends(THEIR_HEADER);
    }

    private static Screenplay establishedByExternal() {
        return secured(STRICT, BEE)
                .weSend(ourHeader("id2") + features(EXTERNAL + DIALBACK))
                .peerSends(auth("YmVlLmV4YW1wbGU="))
                .weSend(SUCCESS)
                .peerSends(THEIR_HEADER)
                .weSend(ourHeader("id3") + features(DIALBACK))
                .ready(ADA, BEE, AuthenticatedBy.SASL_EXTERNAL)
                .noDeadline();
    }

    private static Screenplay asked() {
        return secured(DIALBACK_ONLY, BEE)
                .weSend(ourHeader("id2") + features(DIALBACK))
                .peerSends(REQUEST)
                .then(new StreamEffect.AskDialback(question()));
    }

    private static DialbackQuestion question() {
        return new DialbackQuestion(BEE, ADA, "id2", "KEY");
    }

    private static StreamInput answered(DialbackAnswer answer) {
        return new StreamInput.DialbackAnswered(question(), answer);
    }

    @Test
    void headerAndFeaturesAreAnsweredAtOnceAndExternalEstablishes() {
        establishedByExternal().andThatIsAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"YmVlLmV4YW1wbGU=", "=", " YmVlLmV4YW1wbGU=\n", "QkVFLmV4YW1wbGUu"})
    void theAuthorizationIdentityIsTheDomainOrNothing(String payload) {
        secured(STRICT, BEE)
                .weSendSomethingWith("EXTERNAL")
                .peerSends(auth(payload))
                .weSend(SUCCESS);
    }

    @Test
    void withoutInitialResponseThereIsAnEmptyChallenge() {
        secured(STRICT, BEE)
                .weSendSomethingWith("EXTERNAL")
                .peerSends(auth(""))
                .weSend("<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>")
                .peerSends("<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>")
                .weSend(SUCCESS);
    }

    @ParameterizedTest
    @CsvSource({
        "b3RoZXIuZXhhbXBsZQ==, invalid-authzid",
        "dXNlckBiZWUuZXhhbXBsZQ==, invalid-authzid",
        "YmVlLmV4YW1wbGUvcg==, invalid-authzid",
        "eC5iZWUuZXhhbXBsZQ==, invalid-authzid",
        "YmVlLmV4YW1wbGU, incorrect-encoding",
        "YmVl LmV4YW1wbGU=, incorrect-encoding",
        "YmVlLmV4YW1wbGV=, incorrect-encoding",
        "***, incorrect-encoding",
        "/w==, incorrect-encoding",
    })
    void otherIdentitiesFail(String payload, String condition) {
        secured(STRICT, BEE)
                .weSendSomethingWith("EXTERNAL")
                .peerSends(auth(payload))
                .weSendSomethingWith("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><" + condition + "/>")
                .andThatIsAll();
    }

    @Test
    void externalIsNeitherOfferedNorTakenWithoutATrustedCertificateForFrom() {
        secured(StreamPolicy.DEFAULT, CAT)
                .weSend(ourHeader("id2") + features(DIALBACK))
                .peerSends(auth("="))
                .weSendSomethingWith("<not-authorized/>")
                .peerSends("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>AA==</auth>")
                .weSendSomethingWith("<invalid-mechanism/>")
                .peerSends(auth("="))
                .weSendSomethingWith("<policy-violation ")
                .ends(StreamEnd.Reason.AUTHENTICATION_FAILED);
    }

    @Test
    void dialbackCanFollowAFailedExternal() {
        secured(StreamPolicy.DEFAULT, CAT)
                .weSend(ourHeader("id2") + features(DIALBACK))
                .peerSends(auth("="))
                .weSendSomethingWith("<not-authorized/>")
                .peerSends(REQUEST)
                .then(new StreamEffect.AskDialback(question()));
    }

    @Test
    void anAuthBeforeTlsNeedsEncryption() {
        peerOpens(PLAIN)
                .peerSends(THEIR_HEADER)
                .weSendSomethingWith("starttls")
                .peerSends(auth("="))
                .weSendSomethingWith("<encryption-required/>");
    }

    @Test
    void aPipelinedRestartIsRead() {
        secured(STRICT, BEE)
                .weSendSomethingWith("EXTERNAL")
                .peerSends(auth("=") + THEIR_HEADER)
                .weSend(SUCCESS + ourHeader("id3") + features(DIALBACK))
                .ready(ADA, BEE, AuthenticatedBy.SASL_EXTERNAL);
    }

    @ParameterizedTest
    @CsvSource({
        "from='cat.example' to='ada.example', invalid-from",
        "from='bee.example' to='ada2.example', not-authorized",
    })
    void fromAndToStayOverARestart(String attributes, String condition) {
        String changed = header(attributes + " version='1.0'");
        securing(STRICT)
                .tlsProving(BEE, CAT)
                .peerSends(changed)
                .weSendSomethingWith("<" + condition + " ")
                .ends(StreamEnd.Reason.PROTOCOL_ERROR);
        secured(STRICT, BEE, CAT)
                .weSendSomethingWith("EXTERNAL")
                .peerSends(auth("=") + changed)
                .weSendSomethingWith("<" + condition + " ")
                .ends(StreamEnd.Reason.PROTOCOL_ERROR);
    }

    @Test
    void xmlBehindStarttlsIsNotRead() {
        peerOpens(StreamPolicy.DEFAULT)
                .peerSends(THEIR_HEADER)
                .weSendSomethingWith("starttls")
                .peerSends(STARTTLS + THEIR_HEADER + REQUEST)
                .weSend(PROCEED)
                .startsTls()
                .andThatIsAll();
    }

    @Test
    void aSecondStarttlsEndsTheStream() {
        secured(STRICT, BEE)
                .weSendSomethingWith("EXTERNAL")
                .peerSends(STARTTLS)
                .weSendSomethingWith("<unsupported-stanza-type ")
                .ends(StreamEnd.Reason.PROTOCOL_ERROR);
    }

    @Test
    void aStanzaBeforeAuthenticationEndsTheStream() {
        secured(STRICT, BEE)
                .weSendSomethingWith("EXTERNAL")
                .peerSends(message("bee.example", "ada.example"))
                .weSendSomethingWith("<not-authorized ")
                .ends(StreamEnd.Reason.POLICY_REFUSED);
        peerOpens(STRICT)
                .peerSends(THEIR_HEADER)
                .weSendSomethingWith("starttls")
                .peerSends(message("bee.example", "ada.example"))
                .weSendSomethingWith("<policy-violation ")
                .ends(StreamEnd.Reason.POLICY_REFUSED);
    }

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
                .weSend("<db:result from='ada.example' to='cat.example' " + error("not-authorized"));
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
                .weSend("<db:result from='ada.example' to='f.example' " + error("resource-constraint"))
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

    @ParameterizedTest
    @CsvSource({
        "cat.example, ada.example, invalid-from",
        "sub.bee.example, ada.example, invalid-from",
        "example, ada.example, invalid-from",
        "bee.example, ada2.example, not-authorized",
        "bee.example, cat.example, host-unknown",
        "'', ada.example, improper-addressing",
        "bee.example, '', improper-addressing",
        "@bee.example, ada.example, improper-addressing",
    })
    void stanzasOfOthersEndTheStream(String from, String to, String condition) {
        establishedByExternal()
                .peerSends(message(from, to))
                .weSendSomethingWith("<" + condition + " ")
                .ends(StreamEnd.Reason.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from='bee.example' to='nosuch.example' version='1.0'|host-unknown",
                "from='bee.example' version='1.0'|improper-addressing",
                "from='u@bee.example' to='ada.example' version='1.0'|improper-addressing",
                "from='ada2.example' to='ada.example' version='1.0'|invalid-from",
            })
    void headerFaultsAreAnsweredWithAHeaderAndAnError(String attributes, String condition) {
        peerOpens(STRICT)
                .peerSends(header(attributes))
                .weSendSomethingWith("version='1.0' xml:lang='en'><stream:error><" + condition + " ")
                .ends(StreamEnd.Reason.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<!DOCTYPE x>|restricted-xml",
                "GET / HTTP/1.1|bad-format",
                "<stream:stream>|not-well-formed",
                "<stream xmlns='jabber:server'>|invalid-namespace",
                "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='ada.example'>"
                        + "|invalid-namespace",
            })
    void junkInsteadOfAHeaderIsAnsweredWithAHeaderAndAnError(String junk, String condition) {
        peerOpens(STRICT)
                .peerSends(junk)
                .weSendSomethingWith("<stream:error><" + condition + " ")
                .ends(StreamEnd.Reason.PROTOCOL_ERROR);
    }

    @Test
    void aPeerBeforeXmpp10GetsNoFeatures() {
        peerOpens(PLAIN)
                .peerSends(header("from='bee.example' to='ada.example'"))
                .weSend(header("from='ada.example' to='bee.example' id='id1' xml:lang='en'"))
                .peerSends(REQUEST)
                .then(new StreamEffect.AskDialback(new DialbackQuestion(BEE, ADA, "id1", "KEY")));
    }

    @Test
    void aStreamWithoutFromCanDoDialbackOnly() {
        securing(StreamPolicy.DEFAULT)
                .tlsProving(BEE)
                .peerSends(header("to='ada.example' version='1.0'"))
                .weSend(header("from='ada.example' id='id2' version='1.0' xml:lang='en'") + features(DIALBACK))
                .peerSends(auth("="))
                .weSendSomethingWith("<not-authorized/>");
    }

    @Test
    void eachStateHasItsDeadlineAndTheSlowAreTold() {
        peerOpens(STRICT)
                .deadline(Duration.ofSeconds(10))
                .peerSends("<?xml version='1.0'?><stream:str")
                .timeIsUp()
                .weSendSomethingWith("<connection-timeout ")
                .ends(StreamEnd.Reason.NEGOTIATION_TIMEOUT);
        peerOpens(STRICT)
                .peerSends(THEIR_HEADER)
                .weSendSomethingWith("starttls")
                .deadline(Duration.ofSeconds(60))
                .timeIsUp()
                .weSendSomethingWith("<connection-timeout ")
                .ends(StreamEnd.Reason.NEGOTIATION_TIMEOUT);
        securing(STRICT).deadline(Duration.ofSeconds(15)).timeIsUp().ends(StreamEnd.Reason.NEGOTIATION_TIMEOUT);
    }

    @Test
    void anElementThatIsNeitherStanzaNorDialbackEndsTheStream() {
        establishedByExternal()
                .peerSends("<enable xmlns='urn:xmpp:sm:3'/>")
                .weSendSomethingWith("<unsupported-stanza-type ")
                .ends(StreamEnd.Reason.PROTOCOL_ERROR);
    }

    @Test
    void stanzasThatArriveAfterOurEndTagStillCount() {
        establishedByExternal()
                .happens(new StreamInput.Close(new StreamEnd(StreamEnd.Reason.IDLE, "long")))
                .weSend("</stream:stream>")
                .peerSends(message("bee.example", "ada.example"))
                .delivered("hi")
                .peerSends("</stream:stream>")
                .ends(StreamEnd.Reason.IDLE);
    }

    @Test
    void theirEndTheirErrorAndALostConnectionEndTheStream() {
        establishedByExternal()
                .peerSends("</stream:stream>")
                .weSend("</stream:stream>")
                .ends(StreamEnd.Reason.CLOSED_BY_REMOTE);
        establishedByExternal()
                .peerSends("<stream:error><reset xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>")
                .weSend("</stream:stream>")
                .ends(StreamEnd.Reason.REMOTE_STREAM_ERROR);
        establishedByExternal().happens(new StreamInput.Disconnected("gone")).ends(StreamEnd.Reason.CONNECTION_LOST);
        securing(STRICT).happens(new StreamInput.TlsFailed("no cipher")).ends(StreamEnd.Reason.TLS_FAILED);
    }
}
