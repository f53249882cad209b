package io.wavegate.s2s.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AcceptingComponentTest {
    private static final String HEADER = "<stream:stream xmlns='jabber:component:accept'"
            + " xmlns:stream='http://etherx.jabber.org/streams' to='echo.a.test'>";
    /** Of the specification: id c0ffee42, secret hunter2. */
    private static final String HANDSHAKE = "<handshake>70b379d99f9748d2d6ad6eab32084a2be1ffc9eb</handshake>";

    private final ComponentPlay play = new ComponentPlay(new AcceptingComponent(new AcceptingTerms(
            Map.of("echo.a.test", new ComponentSecret("hunter2")),
            new ComponentLimits(Duration.ofSeconds(10), Duration.ofSeconds(5), 100_000),
            () -> "c0ffee42")));

    @Test
    void componentThatKnowsItsSecretIsConnected() {
        play.hears(HEADER);
        assertThat(play.said()).contains("xmlns='jabber:component:accept'", "from='echo.a.test'", "id='c0ffee42'");
        play.hears(HANDSHAKE);
        assertThat(play.said()).isEqualTo("<handshake/>");
        assertThat(play.ready).contains("echo.a.test");
        play.hears("<message from='x@echo.a.test/r' to='b.test'><body>hi</body></message>");
        assertThat(play.delivered).hasSize(1);
    }

    @Test
    void stanzasComeOutInTheServersNamespaceAndPayloadsAsTheyWere() {
        connected();
        play.hears(
                "<message from='echo.a.test' to='b.test'><body>hi</body>"
                        + "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:component:accept'/></forwarded></message>");
        assertThat(play.delivered.get(0).elements().get(0).is("jabber:server", "body"))
                .isTrue();
        assertThat(play.delivered.get(0).elements().get(1).elements().get(0).is("jabber:component:accept", "message"))
                .isTrue();
    }

    @Test
    void wrongSecretIsNotAuthorized() {
        play.hears(HEADER);
        play.said();
        play.hears("<handshake>70b379d99f9748d2d6ad6eab32084a2be1ffc9ec</handshake>");
        refused("not-authorized", Reason.AUTHENTICATION_FAILED);
        assertThat(play.end().text()).contains("echo.a.test", "secret").doesNotContain("hunter2", "70b379");
    }

    @Test
    void stanzaInPlaceOfTheHandshakeIsNotAuthorized() {
        play.hears(HEADER);
        play.hears("<message from='echo.a.test' to='b.test'/>");
        refused("not-authorized", Reason.AUTHENTICATION_FAILED);
        assertThat(play.delivered).isEmpty();
    }

    @Test
    void unknownNameIsHostUnknownBehindAHeader() {
        play.hears(HEADER.replace("echo.a.test", "other.a.test"));
        assertThat(play.said()).contains("<stream:stream", "host-unknown", "</stream:stream>");
        assertThat(play.end().reason()).isEqualTo(Reason.POLICY_REFUSED);
    }

    @Test
    void otherNamespaceIsInvalid() {
        play.hears(HEADER.replace("jabber:component:accept", "jabber:server"));
        refused("invalid-namespace", Reason.PROTOCOL_ERROR);
    }

    @Test
    void secondConnectionUnderOneNameIsAConflict() {
        play.free = false;
        play.hears(HEADER);
        play.hears(HANDSHAKE);
        refused("conflict", Reason.POLICY_REFUSED);
        assertThat(play.ready).isEmpty();
    }

    @Test
    void foreignSenderClosesTheStream() {
        connected();
        play.hears("<message from='a.test' to='b.test'/><message from='echo.a.test' to='b.test'/>");
        refused("invalid-from", Reason.PROTOCOL_ERROR);
        assertThat(play.delivered).isEmpty();
    }

    @Test
    void subdomainIsAForeignSender() {
        connected();
        play.hears("<message from='x.echo.a.test' to='b.test'/>");
        refused("invalid-from", Reason.PROTOCOL_ERROR);
    }

    @Test
    void senderIsComparedAfterPreparation() {
        connected();
        play.hears("<message from='X@ECHO.a.test' to='b.test'/>");
        assertThat(play.delivered).hasSize(1);
    }

    @Test
    void stanzaWithoutSenderIsImproperAddressing() {
        connected();
        play.hears("<message to='b.test'/>");
        refused("improper-addressing", Reason.PROTOCOL_ERROR);
    }

    @Test
    void badXmlBeforeAnyHeaderIsAnsweredBehindOne() {
        play.hears("<!DOCTYPE x>");
        assertThat(play.said()).contains("<stream:stream", "restricted-xml");
        assertThat(play.end().reason()).isEqualTo(Reason.PROTOCOL_ERROR);
    }

    @Test
    void silenceBeforeTheHandshakeIsCutOff() {
        play.hears(HEADER);
        play.on(new ComponentInput.TimedOut());
        refused("connection-timeout", Reason.NEGOTIATION_TIMEOUT);
    }

    @Test
    void whatArrivesWhileWeCloseStillCounts() {
        connected();
        play.on(new ComponentInput.Close(new StreamEnd(Reason.CLOSED_BY_US, "asked")));
        assertThat(play.said()).isEqualTo("</stream:stream>");
        play.hears("<message from='echo.a.test' to='b.test'/></stream:stream>");
        assertThat(play.delivered).hasSize(1);
        assertThat(play.end().reason()).isEqualTo(Reason.CLOSED_BY_US);
    }

    @Test
    void goingDownIsSaid() {
        connected();
        play.on(new ComponentInput.Close(new StreamEnd(Reason.SHUTDOWN, "going down")));
        refused("system-shutdown", Reason.SHUTDOWN);
    }

    private void connected() {
        play.hears(HEADER);
        play.hears(HANDSHAKE);
        play.said();
    }

    private void refused(String condition, Reason reason) {
        assertThat(play.said()).contains("<stream:error><" + condition, "</stream:stream>");
        assertThat(play.end().reason()).isEqualTo(reason);
    }
}
