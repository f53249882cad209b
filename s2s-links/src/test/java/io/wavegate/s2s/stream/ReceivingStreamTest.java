package io.wavegate.s2s.stream;

import static io.wavegate.s2s.stream.ReceivingPlays.ALWAYS;
import static io.wavegate.s2s.stream.ReceivingPlays.BIDI;
import static io.wavegate.s2s.stream.ReceivingPlays.PLAIN;
import static io.wavegate.s2s.stream.ReceivingPlays.PROCEED;
import static io.wavegate.s2s.stream.ReceivingPlays.REQUEST;
import static io.wavegate.s2s.stream.ReceivingPlays.STARTTLS;
import static io.wavegate.s2s.stream.ReceivingPlays.STRICT;
import static io.wavegate.s2s.stream.ReceivingPlays.SUCCESS;
import static io.wavegate.s2s.stream.ReceivingPlays.THEIR_HEADER;
import static io.wavegate.s2s.stream.ReceivingPlays.auth;
import static io.wavegate.s2s.stream.ReceivingPlays.establishedByExternal;
import static io.wavegate.s2s.stream.ReceivingPlays.features;
import static io.wavegate.s2s.stream.ReceivingPlays.message;
import static io.wavegate.s2s.stream.ReceivingPlays.ourHeader;
import static io.wavegate.s2s.stream.ReceivingPlays.question;
import static io.wavegate.s2s.stream.ReceivingPlays.secured;
import static io.wavegate.s2s.stream.ReceivingPlays.securing;
import static io.wavegate.s2s.stream.Screenplay.ADA;
import static io.wavegate.s2s.stream.Screenplay.BEE;
import static io.wavegate.s2s.stream.Screenplay.CAT;
import static io.wavegate.s2s.stream.Screenplay.header;
import static io.wavegate.s2s.stream.Screenplay.peerOpens;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivingStreamTest {
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
                .weSend(ourHeader("id2") + features(BIDI + ALWAYS))
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
                .weSend(ourHeader("id2") + features(BIDI + ALWAYS))
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
                .weSend(SUCCESS + ourHeader("id3") + features(ALWAYS))
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
                .weSend(header("from='ada.example' id='id2' version='1.0' xml:lang='en'") + features(BIDI + ALWAYS))
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
                .peerSends("<unknown xmlns='urn:other'/>")
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
