package io.wavegate.s2s.stream;

import static io.wavegate.s2s.stream.ReceivingPlays.DIALBACK;
import static io.wavegate.s2s.stream.ReceivingPlays.EXTERNAL;
import static io.wavegate.s2s.stream.ReceivingPlays.PROCEED;
import static io.wavegate.s2s.stream.ReceivingPlays.STARTTLS;
import static io.wavegate.s2s.stream.ReceivingPlays.establishedByExternal;
import static io.wavegate.s2s.stream.ReceivingPlays.features;
import static io.wavegate.s2s.stream.ReceivingPlays.message;
import static io.wavegate.s2s.stream.Screenplay.ADA;
import static io.wavegate.s2s.stream.Screenplay.BEE;
import static io.wavegate.s2s.stream.Screenplay.CAT;
import static io.wavegate.s2s.stream.Screenplay.header;
import static io.wavegate.s2s.stream.Screenplay.peerOpens;
import static io.wavegate.s2s.stream.Screenplay.weOpen;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.stream.StreamEnd.Reason;
import io.wavegate.s2s.xml.StreamErrorCondition;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of stream errors (RFC 6120 section 4.9.3, spec 5), as we send them and as we take them.
 *
 * <p>Never sent by us: {@code bad-namespace-prefix} (any prefix of the right namespace will do), {@code invalid-xml} (we validate no schema), {@code remote-connection-failed} (a dialback error says it
 * for the one pair), {@code see-other-host} (every node serves every domain), {@code unsupported-feature} (what we miss is
 * told to our operator), {@code unsupported-version} (a later version is answered by ours).
 */
class StreamErrorsTest {
    private static final String OUR_HEADER = header("from='ada.example' to='bee.example' version='1.0' xml:lang='en'");
    private static final String THEIRS = "from='bee.example' to='ada.example' version='1.0'";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bad-format|text",
                "improper-addressing|<message to='ada.example'/>",
                "improper-addressing|<message from='bee.example'/>",
                "improper-addressing|<message from='bee.example' to='@ada.example'/>",
                "invalid-from|<message from='cat.example' to='ada.example'/>",
                "invalid-from|<message from='x.bee.example' to='ada.example'/>",
                "not-authorized|<message from='bee.example' to='ada2.example'/>",
                "host-unknown|<message from='bee.example' to='other.example'/>",
                "not-well-formed|<a></b>",
                "restricted-xml|<!-- x -->",
                "unsupported-stanza-type|<x xmlns='urn:x'/>",
            })
    void onAnEstablishedStream(String condition, String sent) {
        establishedByExternal()
                .peerSends(sent)
                .weSendSomethingWith(error(condition))
                .ends(Reason.PROTOCOL_ERROR);
    }

    @Test
    void whatIsTooLargeViolatesThePolicy() {
        String large = message(BEE, ADA).replace("hi", "x".repeat(512 * 1024));
        establishedByExternal()
                .peerSends(large)
                .weSendSomethingWith(error("policy-violation"))
                .ends(Reason.LIMIT_EXCEEDED);
    }

    static Object[][] headers() {
        String good = header(THEIRS);
        return new Object[][] {
            {"invalid-namespace", good.replace("jabber:server'", "jabber:client'")},
            {"invalid-namespace", good.replace("etherx", "ether")},
            {"improper-addressing", header("from='bee.example' version='1.0'")},
            {"improper-addressing", header("from='bee@bee.example' to='ada.example' version='1.0'")},
            {"host-unknown", header("from='bee.example' to='nobody.example' version='1.0'")},
            {"invalid-from", header("from='ada2.example' to='ada.example' version='1.0'")},
            {"unsupported-encoding", good.replace("<?xml version='1.0'?>", "<?xml version='1.0' encoding='latin1'?>")},
            {"not-well-formed", good.replace("to='ada.example'", "to='ada.example' to='ada.example'")},
        };
    }

    /** Our own header goes before the error (RFC 6120 section 4.9.1.2). */
    @ParameterizedTest
    @MethodSource("headers")
    void aboutAHeader(String condition, String sent) {
        peerOpens(StreamPolicy.DEFAULT)
                .peerSends(sent)
                .weSendSomethingWithAll("<stream:stream ", " from='ada.example'", " id='id1'", error(condition))
                .ends(Reason.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @CsvSource({
        "SHUTDOWN, SYSTEM_SHUTDOWN",
        "REPLACED, CONFLICT",
        "CLOSED_BY_US, RESET",
        "LIMIT_EXCEEDED, RESOURCE_CONSTRAINT",
        "INTERNAL_ERROR, INTERNAL_SERVER_ERROR",
        "CLOSED_BY_US, HOST_GONE",
    })
    void thatWeDecideOn(Reason reason, StreamErrorCondition condition) {
        establishedByExternal()
                .happens(new StreamInput.Close(new StreamEnd(reason, condition, "so it is")))
                .weSendSomethingWith(error(condition.elementName()))
                .ends(reason);
        ready().happens(new StreamInput.Close(new StreamEnd(reason, condition, "so it is")))
                .weSendSomethingWith(error(condition.elementName()))
                .ends(reason);
    }

    @Test
    void slownessIsAConnectionTimeout() {
        peerOpens(StreamPolicy.DEFAULT)
                .timeIsUp()
                .weSendSomethingWith(error("connection-timeout"))
                .ends(Reason.NEGOTIATION_TIMEOUT);
    }

    @ParameterizedTest
    @EnumSource
    void takenOnAStreamOfOurs(StreamErrorCondition condition) {
        ready().peerSends(said(condition.elementName()))
                .weSend("</stream:stream>")
                .endsWithTheirs(condition);
    }

    @ParameterizedTest
    @EnumSource
    void takenOnAStreamOfTheirs(StreamErrorCondition condition) {
        establishedByExternal()
                .peerSends(said(condition.elementName()))
                .weSend("</stream:stream>")
                .endsWithTheirs(condition);
    }

    @Test
    void anUnknownConditionIsUndefinedAndTheOldNameIsKnown() {
        ready().peerSends(said("no-such-condition"))
                .weSend("</stream:stream>")
                .endsWithTheirs(StreamErrorCondition.UNDEFINED_CONDITION);
        ready().peerSends(said("xml-not-well-formed"))
                .weSend("</stream:stream>")
                .endsWithTheirs(StreamErrorCondition.NOT_WELL_FORMED);
    }

    @ParameterizedTest
    @CsvSource({
        "RECONNECT, CONNECTION_TIMEOUT RESET SYSTEM_SHUTDOWN",
        "NOT_SERVED, HOST_GONE HOST_UNKNOWN",
        "BACK_OFF_LONG, NOT_AUTHORIZED",
        "ELSEWHERE, SEE_OTHER_HOST",
    })
    void whatFollows(AfterStreamError after, String conditions) {
        for (StreamErrorCondition condition : StreamErrorCondition.values()) {
            boolean listed = Set.of(conditions.split(" ")).contains(condition.name());
            assertThat(AfterStreamError.of(condition) == after)
                    .as(condition.name())
                    .isEqualTo(listed);
        }
    }

    @Test
    void ourOwnErrorsAskNothingOfUs() {
        StreamEnd ours = new StreamEnd(Reason.PROTOCOL_ERROR, StreamErrorCondition.NOT_AUTHORIZED, "x");
        assertThat(AfterStreamError.of(ours)).isEqualTo(AfterStreamError.BACK_OFF);
    }

    private static Screenplay negotiating(String... proved) {
        return weOpen(StreamPolicy.DEFAULT)
                .weSend(OUR_HEADER)
                .peerSends(header(THEIRS + " id='p1'") + features(STARTTLS))
                .weSend(STARTTLS)
                .peerSends(PROCEED)
                .startsTls()
                .tlsProving(proved)
                .weSend(OUR_HEADER)
                .peerSends(header(THEIRS + " id='p2'"));
    }

    private static Screenplay ready() {
        return negotiating(BEE)
                .peerSends(features(EXTERNAL + DIALBACK))
                .weSendSomethingWith("auth")
                .peerSends(ReceivingPlays.SUCCESS)
                .weSend(OUR_HEADER)
                .peerSends(header(THEIRS + " id='p3'") + features(DIALBACK))
                .ready(ADA, BEE, AuthenticatedBy.SASL_EXTERNAL);
    }

    private static String elsewhere(String place) {
        return "<stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>" + place
                + "</see-other-host></stream:error></stream:stream>";
    }

    @Test
    void aServerThatProvedTheDomainMaySendUsElsewhere() {
        negotiating(BEE)
                .peerSends(elsewhere("other.example:5270"))
                .then(new StreamEffect.SeeOther("other.example:5270"))
                .weSend("</stream:stream>")
                .endsWithTheirs(StreamErrorCondition.SEE_OTHER_HOST);
    }

    @Test
    void neitherBeforeTlsNorWithoutProofNorOnceReady() {
        weOpen(StreamPolicy.DEFAULT)
                .weSend(OUR_HEADER)
                .peerSends(header(THEIRS + " id='p1'") + elsewhere("other.example"))
                .weSend("</stream:stream>")
                .endsWithTheirs(StreamErrorCondition.SEE_OTHER_HOST);
        negotiating(CAT)
                .peerSends(elsewhere("other.example"))
                .weSend("</stream:stream>")
                .endsWithTheirs(StreamErrorCondition.SEE_OTHER_HOST);
        ready().peerSends(elsewhere("other.example"))
                .weSend("</stream:stream>")
                .endsWithTheirs(StreamErrorCondition.SEE_OTHER_HOST);
    }

    private static String error(String condition) {
        return "<stream:error><" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>";
    }

    private static String said(String condition) {
        return error(condition) + "<text xmlns='urn:ietf:params:xml:ns:xmpp-streams'>so it is</text></stream:error>";
    }
}
