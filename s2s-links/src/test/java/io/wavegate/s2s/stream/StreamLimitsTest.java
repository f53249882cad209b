package io.wavegate.s2s.stream;

import static io.wavegate.s2s.stream.ReceivingPlays.ALWAYS;
import static io.wavegate.s2s.stream.ReceivingPlays.LIMITS;
import static io.wavegate.s2s.stream.ReceivingPlays.PLAIN;
import static io.wavegate.s2s.stream.ReceivingPlays.THEIR_HEADER;
import static io.wavegate.s2s.stream.ReceivingPlays.features;
import static io.wavegate.s2s.stream.Screenplay.ADA;
import static io.wavegate.s2s.stream.Screenplay.BEE;
import static io.wavegate.s2s.stream.Screenplay.KEY;
import static io.wavegate.s2s.stream.Screenplay.header;
import static io.wavegate.s2s.stream.Screenplay.peerOpens;
import static io.wavegate.s2s.stream.Screenplay.weOpen;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.xml.XmlElement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** XEP-0478: what we take is said, what the peer takes is obeyed. */
class StreamLimitsTest {
    private static final String DIALBACK = "<dialback xmlns='urn:xmpp:features:dialback'/>";

    private static String limits(String inside) {
        return "<limits xmlns='urn:xmpp:stream-limits:0'>" + inside + "</limits>";
    }

    private static Screenplay weOpened(String limits) {
        return weOpen(PLAIN)
                .weSend(header("from='ada.example' to='bee.example' version='1.0' xml:lang='en'"))
                .peerSends(header("from='bee.example' to='ada.example' id='p1' version='1.0'")
                        + features(DIALBACK + limits))
                .weSend("<db:result from='ada.example' to='bee.example'>" + KEY.make(BEE, ADA, "p1") + "</db:result>")
                .peerSends("<db:result from='bee.example' to='ada.example' type='valid'/>");
    }

    private static String stanza(String body) {
        return "<message from='ada.example' to='bee.example'><body>" + body + "</body></message>";
    }

    @Test
    void oursAreSaidOnEverySecuredStreamAndOnPlaintextWhereThatMayBeAll() {
        assertThat(ALWAYS).endsWith(LIMITS);
        peerOpens(PLAIN).peerSends(THEIR_HEADER).weSendSomethingWith(LIMITS);
        peerOpens(StreamPolicy.DEFAULT)
                .peerSends(THEIR_HEADER)
                .weSendSomethingWith("<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/>"
                        + "</starttls></stream:features>");
    }

    /** The length counts as it goes over the wire: in bytes, and escaped. */
    @ParameterizedTest
    @CsvSource({"xxxx", "xüü", "x\uD83D\uDC1D", "€x", "&", "<"})
    void aStanzaMayHaveAsManyBytesAsThePeerTakesAndNotOneMore(String body) {
        XmlElement stanza = Xml.stanza(stanza("").replace("<body></body>", "<body/>"));
        XmlElement full = new XmlElement(
                stanza.name(),
                stanza.attributes(),
                List.of(XmlElement.builder("jabber:server", "body").text(body).build()));
        String text = Xml.text(full);
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        StreamInput send = new StreamInput.Send(List.of(full));
        weOpened(limits("<max-bytes>" + bytes + "</max-bytes>"))
                .ready(ADA, BEE, AuthenticatedBy.DIALBACK)
                .happens(send)
                .weSend(text)
                .andThatIsAll();
        weOpened(limits("<max-bytes>" + (bytes - 1) + "</max-bytes>"))
                .ready(ADA, BEE, AuthenticatedBy.DIALBACK)
                .happens(send)
                .weSendNothing()
                .then(new StreamEffect.TooLarge(new Unsent(List.of(full), bytes - 1)))
                .andThatIsAll();
    }

    @Test
    void whatIsSmallerGoesOnWhereOneIsTooLarge() {
        String small = stanza("x");
        String large = stanza("x".repeat(100));
        weOpened(limits("<max-bytes>100</max-bytes>"))
                .ready(ADA, BEE, AuthenticatedBy.DIALBACK)
                .weWantToSend(small, large, small)
                .weSend(small + small)
                .then(new StreamEffect.TooLarge(new Unsent(List.of(Xml.stanza(large)), 100)));
    }

    @Test
    void theirIdleTimeIsToldToWhoKeepsTheStreamAlive() {
        weOpened(limits("<idle-seconds>120</idle-seconds>"))
                .then(new StreamEffect.PeerIdle(Duration.ofSeconds(120)))
                .ready(ADA, BEE, AuthenticatedBy.DIALBACK)
                .andThatIsAll();
    }

    @ParameterizedTest
    @CsvSource({"''", "0", "-5", "many", "1.5", "99999999999999999999"})
    void whatIsNoLimitIsNone(String value) {
        weOpened(limits("<max-bytes>" + value + "</max-bytes>"))
                .ready(ADA, BEE, AuthenticatedBy.DIALBACK)
                .weWantToSend(stanza("x"))
                .weSend(stanza("x"));
    }
}
