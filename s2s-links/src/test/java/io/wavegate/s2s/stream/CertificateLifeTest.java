package io.wavegate.s2s.stream;

import static io.wavegate.s2s.stream.ReceivingPlays.ALWAYS;
import static io.wavegate.s2s.stream.ReceivingPlays.BIDI;
import static io.wavegate.s2s.stream.ReceivingPlays.EXTERNAL;
import static io.wavegate.s2s.stream.ReceivingPlays.REQUEST;
import static io.wavegate.s2s.stream.ReceivingPlays.STRICT;
import static io.wavegate.s2s.stream.ReceivingPlays.SUCCESS;
import static io.wavegate.s2s.stream.ReceivingPlays.THEIR_HEADER;
import static io.wavegate.s2s.stream.ReceivingPlays.VALID;
import static io.wavegate.s2s.stream.ReceivingPlays.auth;
import static io.wavegate.s2s.stream.ReceivingPlays.features;
import static io.wavegate.s2s.stream.ReceivingPlays.message;
import static io.wavegate.s2s.stream.ReceivingPlays.ourHeader;
import static io.wavegate.s2s.stream.ReceivingPlays.securing;
import static io.wavegate.s2s.stream.Screenplay.ADA;
import static io.wavegate.s2s.stream.Screenplay.BEE;
import static io.wavegate.s2s.stream.Screenplay.header;
import static io.wavegate.s2s.stream.Screenplay.weOpen;

import io.wavegate.s2s.stream.PeerCertificate.Trusted;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** RFC 6120 section 13.7.2.3: a stream does not outlive the certificates that it was authenticated with. */
class CertificateLifeTest {
    private static final Instant OURS_ENDS = Instant.parse("2027-03-01T00:00:00Z");
    private static final Instant THEIRS_ENDS = Instant.parse("2027-02-01T00:00:00Z");
    private static final Instant THEIRS_OVER = THEIRS_ENDS.plusSeconds(1);
    private static final String RESET =
            "<stream:error><reset xmlns='urn:ietf:params:xml:ns:xmpp-streams'/><text xmlns='urn:ietf:params:xml:ns:xmpp-streams'";
    private static final String END = "</stream:stream>";
    private static final PeerCertificate EXPIRED = new PeerCertificate.Untrusted("it has expired");

    private PeerCertificate theirs = new Trusted(BEE, "CN=x", THEIRS_ENDS, Screenplay.AUTHORITY);

    private Screenplay byExternal() {
        return securing(STRICT)
                .tlsUntil(OURS_ENDS, () -> theirs)
                .peerSends(THEIR_HEADER)
                .weSend(ourHeader("id2") + features(EXTERNAL + BIDI + ALWAYS))
                .peerSends(auth("YmVlLmV4YW1wbGU="))
                .weSend(SUCCESS)
                .peerSends(THEIR_HEADER)
                .weSend(ourHeader("id3") + features(ALWAYS))
                .ready(ADA, BEE, AuthenticatedBy.SASL_EXTERNAL);
    }

    private Screenplay weAreReady(String offers, String answer, AuthenticatedBy method) {
        Screenplay play = weOpen(StreamPolicy.DEFAULT)
                .weSend(header("from='ada.example' to='bee.example' version='1.0' xml:lang='en'"))
                .peerSends(header("from='bee.example' to='ada.example' id='s1' version='1.0'"))
                .peerSends("<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:features>")
                .weSendSomethingWith("<starttls")
                .peerSends("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
                .startsTls()
                .tlsUntil(OURS_ENDS, () -> theirs)
                .weSendSomethingWith("<stream:stream")
                .peerSends(header("from='bee.example' to='ada.example' id='s2' version='1.0'"))
                .peerSends(features(offers));
        play.weSendSomethingWith(method == AuthenticatedBy.DIALBACK ? "<db:result" : "<auth")
                .peerSends(answer);
        if (method == AuthenticatedBy.SASL_EXTERNAL) {
            play.weSendSomethingWith("<stream:stream")
                    .peerSends(header("from='bee.example' to='ada.example' id='s3' version='1.0'"))
                    .peerSends("<stream:features/>");
        }
        return play.ready(ADA, BEE, method);
    }

    @Test
    void whatAPeerOpenedEndsWithItsCertificate() {
        Screenplay play = byExternal();
        theirs = EXPIRED;
        play.reaches(StreamTimer.PEER_CERTIFICATE, THEIRS_OVER)
                .weSendSomethingWithAll(RESET, END)
                .deadline(StreamTimeouts.DEFAULT.closing())
                .peerSends(message(BEE, ADA))
                .delivered("hi")
                .peerSends(END)
                .ends(Reason.CERTIFICATE_EXPIRED);
    }

    @Test
    void whatWeOpenedEndsWithThePeersCertificate() {
        Screenplay play = weAreReady(EXTERNAL, SUCCESS, AuthenticatedBy.SASL_EXTERNAL);
        theirs = EXPIRED;
        play.reaches(StreamTimer.PEER_CERTIFICATE, THEIRS_OVER)
                .weSendSomethingWithAll(RESET, END)
                .peerSends(END)
                .ends(Reason.CERTIFICATE_EXPIRED);
    }

    @Test
    void aPeerThatDoesNotCloseIsNotWaitedForLong() {
        Screenplay play = byExternal();
        theirs = EXPIRED;
        play.reaches(StreamTimer.PEER_CERTIFICATE, THEIRS_OVER)
                .weSendSomethingWith(RESET)
                .timeIsUp()
                .ends(Reason.CERTIFICATE_EXPIRED);
    }

    @Test
    void aCertificateThatCountsByAnotherPathIsWatchedOn() {
        Screenplay play = byExternal();
        Instant later = THEIRS_ENDS.plus(Duration.ofDays(9));
        theirs = new Trusted(BEE, "CN=x", later, Screenplay.AUTHORITY);
        play.reaches(StreamTimer.PEER_CERTIFICATE, THEIRS_OVER)
                .weSendNothing()
                .awaits(StreamTimer.PEER_CERTIFICATE, later.plusSeconds(1))
                .andThatIsAll();
    }

    @Test
    void dialbackOwesNothingToACertificateThatProvesNobody() {
        theirs = EXPIRED;
        weAreReady(
                        ReceivingPlays.DIALBACK,
                        "<db:result from='bee.example' to='ada.example' type='valid'/>",
                        AuthenticatedBy.DIALBACK)
                .awaitsNot(StreamTimer.PEER_CERTIFICATE)
                .reaches(StreamTimer.OWN_CERTIFICATE, OURS_ENDS)
                .andThatIsAll();
    }

    @Test
    void dialbackByCertificateEndsWithIt() {
        Screenplay play = securing(StreamPolicy.DEFAULT)
                .tlsUntil(OURS_ENDS, () -> theirs)
                .peerSends(THEIR_HEADER)
                .weSend(ourHeader("id2") + features(EXTERNAL + BIDI + ALWAYS))
                .peerSends(REQUEST)
                .weSend(VALID)
                .ready(ADA, BEE, AuthenticatedBy.DIALBACK);
        theirs = EXPIRED;
        play.reaches(StreamTimer.PEER_CERTIFICATE, THEIRS_OVER)
                .weSendSomethingWithAll(RESET, END)
                .peerSends(END)
                .ends(Reason.CERTIFICATE_EXPIRED);
    }

    @Test
    void ourOwnEndsWhatItProvedOnBothSides() {
        byExternal()
                .reaches(StreamTimer.OWN_CERTIFICATE, OURS_ENDS)
                .weSendSomethingWithAll(RESET, END)
                .peerSends(END)
                .ends(Reason.CERTIFICATE_EXPIRED);
        weAreReady(EXTERNAL, SUCCESS, AuthenticatedBy.SASL_EXTERNAL)
                .reaches(StreamTimer.OWN_CERTIFICATE, OURS_ENDS)
                .weSendSomethingWithAll(RESET, END)
                .peerSends(END)
                .ends(Reason.CERTIFICATE_EXPIRED);
    }

    @Test
    void whatWasDealtWithIsAcknowledgedBeforeTheReset() {
        Screenplay play = byExternal()
                .peerSends("<enable xmlns='urn:xmpp:sm:3'/>")
                .weSend("<enabled xmlns='urn:xmpp:sm:3'/>")
                .then(new StreamEffect.Acknowledging(true))
                .peerSends(message(BEE, ADA))
                .delivered("hi")
                .happens(new StreamInput.Handled(1))
                .weSendNothing();
        theirs = EXPIRED;
        play.reaches(StreamTimer.PEER_CERTIFICATE, THEIRS_OVER)
                .weSendSomethingWithAll("<a xmlns='urn:xmpp:sm:3' h='1'/><stream:error>", RESET, END)
                .peerSends(END)
                .ends(Reason.CERTIFICATE_EXPIRED);
    }
}
