package io.wavegate.s2s.stream;

import static io.wavegate.s2s.stream.ReceivingPlays.ALWAYS;
import static io.wavegate.s2s.stream.ReceivingPlays.BIDI;
import static io.wavegate.s2s.stream.ReceivingPlays.DIALBACK;
import static io.wavegate.s2s.stream.ReceivingPlays.EXTERNAL;
import static io.wavegate.s2s.stream.ReceivingPlays.PLAIN;
import static io.wavegate.s2s.stream.ReceivingPlays.PROCEED;
import static io.wavegate.s2s.stream.ReceivingPlays.REQUEST;
import static io.wavegate.s2s.stream.ReceivingPlays.STARTTLS;
import static io.wavegate.s2s.stream.ReceivingPlays.STRICT;
import static io.wavegate.s2s.stream.ReceivingPlays.SUCCESS;
import static io.wavegate.s2s.stream.ReceivingPlays.THEIR_HEADER;
import static io.wavegate.s2s.stream.ReceivingPlays.VALID;
import static io.wavegate.s2s.stream.ReceivingPlays.auth;
import static io.wavegate.s2s.stream.ReceivingPlays.establishedByExternal;
import static io.wavegate.s2s.stream.ReceivingPlays.features;
import static io.wavegate.s2s.stream.ReceivingPlays.message;
import static io.wavegate.s2s.stream.ReceivingPlays.ourHeader;
import static io.wavegate.s2s.stream.ReceivingPlays.secured;
import static io.wavegate.s2s.stream.Screenplay.ADA;
import static io.wavegate.s2s.stream.Screenplay.BEE;
import static io.wavegate.s2s.stream.Screenplay.CAT;
import static io.wavegate.s2s.stream.Screenplay.KEY;
import static io.wavegate.s2s.stream.Screenplay.header;
import static io.wavegate.s2s.stream.Screenplay.peerOpens;
import static io.wavegate.s2s.stream.Screenplay.weOpen;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** XEP-0288: what goes back on a stream, and whom it is believed of. */
class BidirectionalStreamTest {
    private static final String ASK = "<bidi xmlns='urn:xmpp:bidi'/>";
    private static final String OUR_HEADER = header("from='ada.example' to='bee.example' version='1.0' xml:lang='en'");
    private static final String WE_ASK = "<bidi xmlns='urn:xmpp:bidi'><limits xmlns='urn:xmpp:stream-limits:0'>"
            + "<max-bytes>524288</max-bytes><idle-seconds>3600</idle-seconds></limits></bidi>";
    private static final DomainPair PAIR = new DomainPair(ADA, BEE);

    private static String theirHeader(String id) {
        return header("from='bee.example' to='ada.example' id='" + id + "' version='1.0' xml:lang='en'");
    }

    /** Up to the features after TLS, the peer's certificate proving these domains. */
    private static Screenplay offered(StreamPolicy policy, String offers, String... proved) {
        return weOpen(policy)
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("p1") + features(STARTTLS))
                .weSend(STARTTLS)
                .peerSends(PROCEED)
                .startsTls()
                .tlsProving(proved)
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("p2") + features(offers));
    }

    private static Screenplay weOpenedBothWays(String... proved) {
        return offered(STRICT, EXTERNAL + BIDI + DIALBACK, proved)
                .weSend(WE_ASK + auth("YWRhLmV4YW1wbGU="))
                .peerSends(SUCCESS)
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("p3") + features(DIALBACK))
                .ready(ADA, BEE, AuthenticatedBy.SASL_EXTERNAL);
    }

    private static Screenplay theyOpenedBothWays() {
        return secured(STRICT, BEE)
                .weSend(ourHeader("id2") + features(EXTERNAL + BIDI + ALWAYS))
                .peerSends(ASK + auth("="))
                .weSend(SUCCESS)
                .peerSends(THEIR_HEADER)
                .weSend(ourHeader("id3") + features(ALWAYS))
                .ready(ADA, BEE, AuthenticatedBy.SASL_EXTERNAL)
                .then(new StreamEffect.Reverse(PAIR));
    }

    @Test
    void whatIsOfferedIsAskedForBeforeWeProveOurselves() {
        weOpenedBothWays(BEE).andThatIsAll();
        offered(StreamPolicy.DEFAULT, BIDI + DIALBACK, BEE)
                .weSend(WE_ASK + "<db:result from='ada.example' to='bee.example'>" + KEY.make(BEE, ADA, "p2")
                        + "</db:result>");
    }

    @Test
    void theNamespaceThatSomeOfferItUnderWillDo() {
        offered(STRICT, EXTERNAL + "<bidi xmlns='urn:xmpp:bidi'/>", BEE).weSend(WE_ASK + auth("YWRhLmV4YW1wbGU="));
    }

    @Test
    void whereDialbackWillDoTheNameServerVouchesForWhatComesBackToo() {
        offered(StreamPolicy.DEFAULT, BIDI + DIALBACK, CAT).weSendSomethingWith(WE_ASK);
    }

    @Test
    void itIsAskedForOnceWhenDialbackFollowsARefusedExternal() {
        offered(StreamPolicy.DEFAULT, EXTERNAL + BIDI + DIALBACK, BEE)
                .weSend(WE_ASK + auth("YWRhLmV4YW1wbGU="))
                .peerSends("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><not-authorized/></failure>")
                .weSend("<db:result from='ada.example' to='bee.example'>" + KEY.make(BEE, ADA, "p2") + "</db:result>")
                .peerSends("<db:result from='bee.example' to='ada.example' type='valid'/>")
                .ready(ADA, BEE, AuthenticatedBy.DIALBACK)
                .peerSends(message(BEE, ADA))
                .delivered("hi");
    }

    @Test
    void neitherAVerificationNorPlaintextAsksForIt() {
        weOpen(PLAIN)
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("p1") + features(BIDI + DIALBACK))
                .weSendSomethingWith("<db:result ");
        DialbackQuestion question = new DialbackQuestion(BEE, ADA, "id9", "k");
        weOpen(PLAIN, new StreamPurpose.Verification(question))
                .weSend(OUR_HEADER)
                .peerSends(theirHeader("p1") + features(BIDI + DIALBACK))
                .weSend("<db:verify from='ada.example' to='bee.example' id='id9'>k</db:verify>");
    }

    @Test
    void stanzasOfTheDomainThatWeOpenedToComeBack() {
        weOpenedBothWays(BEE)
                .peerSends(message("x@bee.example/r", "wave@ada.example") + message("BEE.example.", ADA))
                .delivered("hi")
                .delivered("hi")
                .andThatIsAll();
    }

    @ParameterizedTest
    @CsvSource({
        "from='cat.example' to='ada.example', invalid-from",
        "from='x.bee.example' to='ada.example', invalid-from",
        "from='bee.example' to='ada2.example', invalid-from",
        "from='bee.example' to='cat.example', invalid-from",
        "from='ada.example' to='ada.example', invalid-from",
        "to='ada.example', improper-addressing",
        "from='bee.example', improper-addressing",
    })
    void nobodyElsesDo(String addresses, String condition) {
        weOpenedBothWays(BEE)
                .peerSends("<message " + addresses + "><body>no</body></message>")
                .weSendSomethingWith("<" + condition + " ")
                .ends(StreamEnd.Reason.PROTOCOL_ERROR);
    }

    @Test
    void nothingComesBackBeforeTheStreamIsReady() {
        offered(STRICT, EXTERNAL + BIDI, BEE)
                .weSendSomethingWith("auth")
                .peerSends(message(BEE, ADA))
                .ignored()
                .andThatIsAll();
    }

    @Test
    void theOtherSideAddsDomainsByItsCertificateAlone() {
        weOpenedBothWays(BEE, CAT)
                .peerSends("<db:result from='cat.example' to='ada2.example'>k</db:result>")
                .weSend("<db:result from='ada2.example' to='cat.example' type='valid'/>")
                .peerSends(message(CAT, "ada2.example"))
                .delivered("hi")
                .peerSends(message(CAT, ADA))
                .weSendSomethingWith("<invalid-from ")
                .ends(StreamEnd.Reason.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @CsvSource({
        "dog.example, ada.example, not-authorized",
        "cat.example, other.example, item-not-found",
        "ada2.example, ada.example, not-acceptable",
    })
    void otherDomainsAreRefusedAndTheStreamStays(String from, String to, String condition) {
        weOpenedBothWays(BEE, CAT)
                .peerSends("<db:result from='" + from + "' to='" + to + "'>k</db:result>")
                .weSend("<db:result from='" + to + "' to='" + from + "' type='error'><error type='cancel'><" + condition
                        + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></db:result>")
                .peerSends(message(BEE, ADA))
                .delivered("hi")
                .andThatIsAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"result", "verify"})
    void answersToNothingCountForNothing(String name) {
        weOpenedBothWays(BEE, CAT)
                .peerSends("<db:" + name + " from='cat.example' to='ada.example' id='x' type='valid'/>")
                .ignored()
                .weSendNothing()
                .andThatIsAll();
    }

    @Test
    void aKeyIsVerifiedOnAnyStream() {
        weOpenedBothWays(BEE)
                .peerSends("<db:verify from='bee.example' to='ada.example' id='s'>" + KEY.make(BEE, ADA, "s")
                        + "</db:verify>")
                .weSend("<db:verify from='ada.example' to='bee.example' id='s' type='valid'/>");
    }

    @Test
    void stanzasGoBackOnAStreamWhosePeerAskedForIt() {
        theyOpenedBothWays()
                .weWantToSend("<message from='ada.example' to='bee.example'/>")
                .weSend("<message from='ada.example' to='bee.example'/>")
                .andThatIsAll();
        establishedByExternal()
                .weWantToSend("<message from='ada.example' to='bee.example'/>")
                .weSendNothing();
    }

    @Test
    void everyPairThatIsProvedHasItsWayBack() {
        secured(StreamPolicy.DEFAULT, BEE, CAT)
                .weSendSomethingWith("bidi")
                .peerSends(ASK + REQUEST)
                .weSend(VALID)
                .ready(ADA, BEE, AuthenticatedBy.DIALBACK)
                .then(new StreamEffect.Reverse(PAIR))
                .peerSends("<db:result from='cat.example' to='ada.example'>K</db:result>")
                .weSendSomethingWith("type='valid'")
                .ready(ADA, CAT, AuthenticatedBy.DIALBACK)
                .then(new StreamEffect.Reverse(new DomainPair(ADA, CAT)));
    }

    @Test
    void itCannotBeAskedForLaterNorInPlaintext() {
        establishedByExternal()
                .peerSends(ASK)
                .weSendSomethingWith("<unsupported-stanza-type ")
                .ends(StreamEnd.Reason.PROTOCOL_ERROR);
        peerOpens(PLAIN)
                .peerSends(THEIR_HEADER)
                .weSendSomethingWith("features")
                .peerSends(ASK)
                .weSendSomethingWith("<unsupported-stanza-type ")
                .ends(StreamEnd.Reason.PROTOCOL_ERROR);
    }

    @Test
    void whatTheInitiatorTakesIsObeyedOnTheWayBack() {
        String limited =
                "<bidi xmlns='urn:xmpp:bidi'><limits xmlns='urn:xmpp:stream-limits:0'><max-bytes>60</max-bytes>"
                        + "<idle-seconds>90</idle-seconds></limits></bidi>";
        secured(STRICT, BEE)
                .weSendSomethingWith("bidi")
                .peerSends(limited + auth("="))
                .weSend(SUCCESS)
                .peerSends(THEIR_HEADER)
                .weSend(ourHeader("id3") + features(ALWAYS))
                .ready(ADA, BEE, AuthenticatedBy.SASL_EXTERNAL)
                .then(new StreamEffect.Reverse(PAIR))
                .then(new StreamEffect.PeerIdle(Duration.ofSeconds(90)))
                .weWantToSend("<message from='ada.example' to='bee.example'><body>long</body></message>")
                .weSendNothing();
    }

    @Test
    void whatWasUnderWayWhenWeClosedStillCounts() {
        weOpenedBothWays(BEE)
                .happens(new StreamInput.Close(new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "enough")))
                .weSend("</stream:stream>")
                .peerSends(message(BEE, ADA))
                .delivered("hi")
                .peerSends("</stream:stream>")
                .ends(StreamEnd.Reason.CLOSED_BY_US);
    }
}
