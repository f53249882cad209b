package io.wavegate.s2s.stream;

import static io.wavegate.s2s.stream.ReceivingPlays.ALWAYS;
import static io.wavegate.s2s.stream.ReceivingPlays.BIDI;
import static io.wavegate.s2s.stream.ReceivingPlays.DIALBACK;
import static io.wavegate.s2s.stream.ReceivingPlays.EXTERNAL;
import static io.wavegate.s2s.stream.ReceivingPlays.STARTTLS;
import static io.wavegate.s2s.stream.ReceivingPlays.STRICT;
import static io.wavegate.s2s.stream.ReceivingPlays.SUCCESS;
import static io.wavegate.s2s.stream.ReceivingPlays.THEIR_HEADER;
import static io.wavegate.s2s.stream.ReceivingPlays.auth;
import static io.wavegate.s2s.stream.ReceivingPlays.features;
import static io.wavegate.s2s.stream.ReceivingPlays.ourHeader;
import static io.wavegate.s2s.stream.Screenplay.ADA;
import static io.wavegate.s2s.stream.Screenplay.BEE;
import static io.wavegate.s2s.stream.Screenplay.CAT;
import static io.wavegate.s2s.stream.Screenplay.header;
import static io.wavegate.s2s.stream.Screenplay.peerOpensWithTls;
import static io.wavegate.s2s.stream.Screenplay.weOpenWithTls;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** TLS from the first byte (XEP-0368): what follows is as after STARTTLS, which is neither offered nor taken. */
class DirectTlsTest {
    private static final String OUR_HEADER = header("from='ada.example' to='bee.example' version='1.0' xml:lang='en'");
    private static final String THEIR_ANSWER = header("from='bee.example' to='ada.example' id='p1' version='1.0'");

    @Test
    void aPeerIsSecuredFirstAndThenNotOfferedTls() {
        peerOpensWithTls(STRICT)
                .startsTls()
                .deadline(Duration.ofSeconds(15))
                .tlsProving(BEE)
                .weSendNothing()
                .deadline(Duration.ofSeconds(10))
                .peerSends(THEIR_HEADER)
                .weSend(ourHeader("id1") + features(EXTERNAL + BIDI + ALWAYS))
                .peerSends(auth("YmVlLmV4YW1wbGU="))
                .weSend(SUCCESS)
                .peerSends(THEIR_HEADER)
                .weSend(ourHeader("id2") + features(ALWAYS))
                .ready(ADA, BEE, AuthenticatedBy.SASL_EXTERNAL);
    }

    @Test
    void starttlsInsideTlsEndsTheStream() {
        peerOpensWithTls(STRICT)
                .startsTls()
                .tlsProving(BEE)
                .peerSends(THEIR_HEADER)
                .weSendSomethingWith("EXTERNAL")
                .peerSends(STARTTLS)
                .weSendSomethingWith("<unsupported-stanza-type ")
                .ends(StreamEnd.Reason.PROTOCOL_ERROR);
    }

    @Test
    void aHandshakeThatIsNotFinishedOrFailsEndsWithoutAWordOfXml() {
        peerOpensWithTls(STRICT).startsTls().timeIsUp().ends(StreamEnd.Reason.NEGOTIATION_TIMEOUT);
        peerOpensWithTls(STRICT)
                .startsTls()
                .happens(new StreamInput.TlsFailed("not TLS"))
                .ends(StreamEnd.Reason.TLS_FAILED);
    }

    @Test
    void weSecureFirstAndAuthenticateAsEver() {
        weOpenWithTls(STRICT)
                .startsTls()
                .deadline(Duration.ofSeconds(15))
                .tlsProving(BEE)
                .weSend(OUR_HEADER)
                .peerSends(THEIR_ANSWER + features(EXTERNAL + DIALBACK))
                .weSendSomethingWith("<auth ");
    }

    @Test
    void weDoNotAskForTlsInsideTlsWhateverIsOffered() {
        weOpenWithTls(StreamPolicy.DEFAULT)
                .startsTls()
                .tlsProving()
                .weSend(OUR_HEADER)
                .peerSends(THEIR_ANSWER + features(STARTTLS + DIALBACK))
                .weSendSomethingWith("<db:result ");
    }

    @Test
    void theCertificateCountsAsAfterStarttls() {
        weOpenWithTls(STRICT).startsTls().tlsProving(CAT).ends(StreamEnd.Reason.CERTIFICATE_REFUSED);
        weOpenWithTls(STRICT).startsTls().timeIsUp().ends(StreamEnd.Reason.NEGOTIATION_TIMEOUT);
    }
}
