package io.wavegate.s2s.stream;

import static io.wavegate.s2s.stream.Screenplay.ADA;
import static io.wavegate.s2s.stream.Screenplay.BEE;
import static io.wavegate.s2s.stream.Screenplay.CAT;
import static io.wavegate.s2s.stream.Screenplay.KEY;
import static io.wavegate.s2s.stream.Screenplay.header;
import static io.wavegate.s2s.stream.Screenplay.weOpen;

import io.wavegate.s2s.stream.StreamPolicy.Authentication;
import io.wavegate.s2s.stream.StreamPolicy.Tls;
import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.Xmlns;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitiatingStreamTest {
    private static final String OUR_HEADER = header("from='ada.example' to='bee.example' version='1.0' xml:lang='en'");
    private static final String STARTTLS = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
    private static final String PROCEED = "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
    private static final String AUTH =
            "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>YWRhLmV4YW1wbGU=</auth>";
    private static final String EXTERNAL = "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
            + "<mechanism>PLAIN</mechanism><mechanism>EXTERNAL</mechanism></mechanisms>";
    private static final String DIALBACK = "<dialback xmlns='urn:xmpp:features:dialback'><errors/></dialback>";
    private static final StreamPolicy STRICT = new StreamPolicy(Tls.REQUIRED, Authentication.CERTIFICATE);
    private static final StreamPolicy PLAIN = new StreamPolicy(Tls.PLAINTEXT_ALLOWED, Authentication.DIALBACK);

    private static String theirHeader(String id) {
        return header("from='bee.example' to='ada.example' id='" + id + "' version='1.0' xml:lang='en'");
    }

    private static String features(String inside) {
        return "<stream:features>" + inside + "</stream:features>";
    }

    private static String result(String id) {
        return "<db:result from='ada.example' to='bee.example'>" + KEY.make(BEE, ADA, id) + "</db:result>";
    }

    /** Up to the header after TLS, the peer's certificate proving these domains. */
    private static Screenplay secured(StreamPolicy policy, String... proved) {
        return secured(weOpen(policy), proved);
    }

    private static Screenplay secured(Screenplay play, String... proved) {
        return play.weSend(OUR_HEADER)
                .deadline(Duration.ofSeconds(10))
                .peerSends(theirHeader("p1") + features(STARTTLS))
                .weSend(STARTTLS)
                .peerSends(PROCEED)
                .startsTls()
                .deadline(Duration.ofSeconds(15))
                .tlsProving(proved);
    }

    private static Screenplay readyByExternal() {
        return secured(STRICT, BEE)
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("p2") + features(EXTERNAL + DIALBACK))
                .weSend(AUTH)
                .peerSends("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>")
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("p3") + features(""))
                .ready(ADA, BEE, AuthenticatedBy.SASL_EXTERNAL)
                .noDeadline();
    }

    private static Screenplay awaitingDialback() {
        return secured(StreamPolicy.DEFAULT)
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("p2") + features(DIALBACK))
                .weSend(result("p2"))
                .deadline(Duration.ofSeconds(40));
    }

    @Test
    void externalIsUsedWhereItIsOffered() {
        readyByExternal().andThatIsAll();
    }

    @Test
    void dialbackIsUsedWhereExternalIsNotOffered() {
        awaitingDialback()
                .peerSends("<db:result from='bee.example' to='ada.example' type='valid' id='x'>KEY</db:result>")
                .ready(ADA, BEE, AuthenticatedBy.DIALBACK)
                .noDeadline()
                .andThatIsAll();
    }

    @Test
    void dialbackFollowsARefusedExternalOnTheSameStream() {
        secured(StreamPolicy.DEFAULT, BEE)
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("p2") + features(DIALBACK + EXTERNAL))
                .weSend(AUTH)
                .peerSends("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><not-authorized/></failure>")
                .weSend(result("p2"))
                .peerSends("<db:result from='bee.example' to='ada.example' type='valid'/>")
                .ready(ADA, BEE, AuthenticatedBy.DIALBACK)
                .andThatIsAll();
    }

    @Test
    void theHeaderAloneCanAnnounceDialback() {
        secured(StreamPolicy.DEFAULT)
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("p2") + features(""))
                .weSend(result("p2"));
    }

    @Test
    void underDialbackAloneExternalIsNotUsed() {
        secured(new StreamPolicy(Tls.REQUIRED, Authentication.DIALBACK), BEE)
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("p2") + features(EXTERNAL + DIALBACK))
                .weSend(result("p2"));
    }

    @Test
    void underCertificateAnUntrustedOneEndsTheStreamBeforeAnythingIsSaid() {
        secured(STRICT, CAT).ends(StreamEnd.Reason.CERTIFICATE_REFUSED);
    }

    @Test
    void noWayToAuthenticateEndsTheStream() {
        String noDialback = theirHeader("p2").replace(" xmlns:db='jabber:server:dialback'", "");
        secured(StreamPolicy.DEFAULT, BEE)
                .weSend(OUR_HEADER)
                .peerSends(noDialback + features(""))
                .weSend("</stream:stream>")
                .ends(StreamEnd.Reason.AUTHENTICATION_FAILED);
    }

    @Test
    void starttlsIsAskedForEvenIfTheOfferWasStripped() {
        weOpen(StreamPolicy.DEFAULT)
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("p1") + features(DIALBACK))
                .weSend(STARTTLS);
    }

    @Test
    void plaintextNeedsToBeAllowed() {
        weOpen(PLAIN)
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("p1") + features(DIALBACK))
                .weSend(result("p1"));
        String old = header("from='bee.example' to='ada.example' id='p1'");
        weOpen(PLAIN).weSend(OUR_HEADER).peerSends(old).weSend(result("p1"));
        weOpen(StreamPolicy.DEFAULT)
                .weSend(OUR_HEADER)
                .peerSends(old)
                .weSend("</stream:stream>")
                .ends(StreamEnd.Reason.POLICY_REFUSED);
    }

    @Test
    void whereACertificateIsDemandedPlaintextIsRefusedThoughAllowed() {
        StreamPolicy policy = new StreamPolicy(Tls.PLAINTEXT_ALLOWED, Authentication.CERTIFICATE);
        String old = header("from='bee.example' to='ada.example' id='p1'");
        for (String plain : List.of(old, theirHeader("p1") + features(DIALBACK))) {
            weOpen(policy)
                    .weSend(OUR_HEADER)
                    .peerSends(plain)
                    .weSend("</stream:stream>")
                    .ends(StreamEnd.Reason.CERTIFICATE_REFUSED);
        }
    }

    @Test
    void aRefusedStarttlsEndsTheStream() {
        weOpen(PLAIN)
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("p1") + features(STARTTLS))
                .weSend(STARTTLS)
                .peerSends("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
                .weSend("</stream:stream>")
                .ends(StreamEnd.Reason.TLS_FAILED);
    }

    @Test
    void xmlBehindProceedIsNotRead() {
        weOpen(StreamPolicy.DEFAULT)
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("p1") + features(STARTTLS))
                .weSend(STARTTLS)
                .peerSends(PROCEED + theirHeader("evil") + features(DIALBACK))
                .startsTls()
                .andThatIsAll();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<db:result from='cat.example' to='ada.example' type='valid'/>",
                "<db:result from='bee.example' to='cat.example' type='valid'/>",
                "<db:result from='x.bee.example' to='ada.example' type='valid'/>",
                "<db:result to='ada.example' type='valid'/>",
                "<db:result from='bee.example' to='ada.example'>key</db:result>",
                "<db:verify from='bee.example' to='ada.example' id='p2' type='valid'/>",
                "<result xmlns='urn:other' from='bee.example' to='ada.example' type='valid'/>",
            })
    void answersToWhatWasNotAskedCountForNothing(String answer) {
        awaitingDialback().peerSends(answer).ignored().weSendNothing().andThatIsAll();
    }

    @Test
    void anAnswerBeforeTheQuestionCountsForNothing() {
        secured(StreamPolicy.DEFAULT)
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("p2") + "<db:result from='bee.example' to='ada.example' type='valid'/>")
                .ignored()
                .andThatIsAll();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type='invalid'/>",
                "type='error'><error type='cancel'><item-not-found"
                        + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></db:result>",
                "type='nonsense'/>",
            })
    void otherOutcomesOfDialbackEndTheStream(String outcome) {
        awaitingDialback()
                .peerSends("<db:result from='bee.example' to='ada.example' " + outcome)
                .weSend("</stream:stream>")
                .ends(StreamEnd.Reason.AUTHENTICATION_FAILED);
    }

    @Test
    void addressesInAnswersAreComparedPrepared() {
        awaitingDialback()
                .peerSends("<db:result from='BEE.example.' to='Ada.Example' type='valid'/>")
                .ready(ADA, BEE, AuthenticatedBy.DIALBACK);
    }

    @Test
    void aHeaderOfAnotherDomainEndsTheStream() {
        weOpen(STRICT)
                .weSend(OUR_HEADER)
                .peerSends(header("from='cat.example' to='ada.example' id='1' version='1.0'"))
                .weSendNothing()
                .peerSends(features(STARTTLS))
                .weSendSomethingWith("<invalid-from ")
                .ends(StreamEnd.Reason.PROTOCOL_ERROR);
    }

    @Test
    void aHeaderWithoutFromIsTakenAsServersSendIt() {
        weOpen(STRICT)
                .weSend(OUR_HEADER)
                .peerSends(header("id='1' version='1.0'") + features(STARTTLS))
                .weSend(STARTTLS);
    }

    @Test
    void aHeaderOfAnotherProtocolEndsTheStream() {
        weOpen(STRICT)
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("1").replace("jabber:server'", "jabber:client'"))
                .weSendSomethingWith("<invalid-namespace ")
                .ends(StreamEnd.Reason.PROTOCOL_ERROR);
    }

    @Test
    void theirStreamErrorIsToldToTheOperator() {
        weOpen(STRICT)
                .weSend(OUR_HEADER)
                .peerSends(
                        theirHeader("1") + "<stream:error><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
                                + "</stream:error></stream:stream>")
                .weSend("</stream:stream>")
                .ends(StreamEnd.Reason.REMOTE_STREAM_ERROR);
    }

    @Test
    void silenceEndsTheStream() {
        weOpen(STRICT)
                .weSend(OUR_HEADER)
                .timeIsUp()
                .weSendSomethingWith("<connection-timeout ")
                .ends(StreamEnd.Reason.NEGOTIATION_TIMEOUT);
        weOpen(STRICT)
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("1") + features(STARTTLS) + PROCEED)
                .weSend(STARTTLS)
                .startsTls()
                .timeIsUp()
                .ends(StreamEnd.Reason.NEGOTIATION_TIMEOUT);
    }

    @Test
    void stanzasPassOnceTheStreamIsReadyAndNotBefore() {
        XmlElement message =
                XmlElement.builder(Xmlns.SERVER, "message").attribute("to", BEE).build();
        StreamInput send = new StreamInput.Send(List.of(message, message));
        awaitingDialback().happens(send).weSendNothing().andThatIsAll();
        readyByExternal().happens(send).weSend("<message to='bee.example'/><message to='bee.example'/>");
    }

    @Test
    void onlyErrorsOfThePairComeBackOnOurStream() {
        String error = "<message from='%s' to='%s' type='%s'><error>no</error></message>";
        readyByExternal()
                .peerSends(error.formatted("bee.example/x", "wave@ada.example", "error"))
                .delivered("no")
                .peerSends(error.formatted("cat.example", "ada.example", "error"))
                .ignored()
                .peerSends(error.formatted("bee.example", "cat.example", "error"))
                .ignored()
                .peerSends(error.formatted("bee.example", "ada.example", "chat"))
                .ignored()
                .andThatIsAll();
    }

    @Test
    void closingWaitsForTheOtherEnd() {
        StreamEnd end = new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "enough");
        readyByExternal()
                .happens(new StreamInput.Close(end))
                .weSend("</stream:stream>")
                .deadline(Duration.ofSeconds(5))
                .peerSends("<message from='bee.example' to='ada.example' type='error'><error>late</error></message>")
                .delivered("late")
                .peerSends("</stream:stream>")
                .ends(StreamEnd.Reason.CLOSED_BY_US);
        readyByExternal()
                .happens(new StreamInput.Close(end))
                .weSend("</stream:stream>")
                .timeIsUp()
                .ends(StreamEnd.Reason.CLOSED_BY_US);
    }

    @Test
    void theirEndIsAnsweredAndALostConnectionIsNot() {
        readyByExternal()
                .peerSends("</stream:stream>")
                .weSend("</stream:stream>")
                .ends(StreamEnd.Reason.CLOSED_BY_REMOTE);
        readyByExternal().happens(new StreamInput.Disconnected("reset")).ends(StreamEnd.Reason.CONNECTION_LOST);
    }

    @Test
    void shutdownIsSaid() {
        readyByExternal()
                .happens(new StreamInput.Close(
                        new StreamEnd(StreamEnd.Reason.SHUTDOWN, StreamErrorCondition.SYSTEM_SHUTDOWN, "bye")))
                .weSendSomethingWith("<system-shutdown ")
                .ends(StreamEnd.Reason.SHUTDOWN);
    }

    @Test
    void aVerificationIsAskedRightAfterTlsUnderAnyCertificate() {
        DialbackQuestion question = new DialbackQuestion(BEE, ADA, "id9", "k");
        Screenplay play = secured(weOpen(STRICT, new StreamPurpose.Verification(question)))
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("p2") + features(EXTERNAL + DIALBACK))
                .weSend("<db:verify from='ada.example' to='bee.example' id='id9'>k</db:verify>")
                .peerSends("<db:verify from='bee.example' to='ada.example' id='id8' type='valid'/>")
                .ignored()
                .peerSends("<db:verify from='cat.example' to='ada.example' id='id9' type='valid'/>")
                .ignored()
                .peerSends("<db:verify from='bee.example' to='ada.example' id='id9' type='valid'>k</db:verify>")
                .then(new StreamEffect.Verified(DialbackAnswer.VALID))
                .weSend("</stream:stream>");
        play.peerSends("</stream:stream>").ends(StreamEnd.Reason.CLOSED_BY_US);
    }
}
