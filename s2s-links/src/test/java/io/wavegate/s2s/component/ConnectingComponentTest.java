package io.wavegate.s2s.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.stream.StreamEnd.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectingComponentTest {
    private static final String HEADER = "<stream:stream xmlns='jabber:component:accept'"
            + " xmlns:stream='http://etherx.jabber.org/streams' from='wave.a.test' id='c0ffee42'>";

    private final ComponentPlay play = new ComponentPlay(new ConnectingComponent(
            "wave.a.test",
            new ComponentSecret("hunter2"),
            new ComponentLimits(Duration.ofSeconds(10), Duration.ofSeconds(5), 100_000)));

    @Test
    void handshakeProvesTheSecretWithoutSayingIt() {
        assertThat(play.said()).contains("xmlns='jabber:component:accept'", "to='wave.a.test'");
        play.hears(HEADER);
        assertThat(play.said()).isEqualTo("<handshake>70b379d99f9748d2d6ad6eab32084a2be1ffc9eb</handshake>");
        assertThat(play.ready).isEmpty();
        play.hears("<handshake></handshake>");
        assertThat(play.ready).contains("wave.a.test");
        play.hears("<iq type='get' id='1' from='b.test' to='wave.a.test'><ping xmlns='urn:xmpp:ping'/></iq>");
        assertThat(play.delivered).hasSize(1);
    }

    @Test
    void idIsTakenAfterUnescaping() {
        play.said();
        play.hears(HEADER.replace("c0ffee42", "c0&amp;fee"));
        assertThat(play.said()).contains(new ComponentSecret("hunter2").handshake("c0&fee"));
    }

    @ParameterizedTest
    @CsvSource({
        "not-authorized, AUTHENTICATION_FAILED, secret",
        "host-unknown, POLICY_REFUSED, configure",
        "conflict, POLICY_REFUSED, another program",
        "system-shutdown, REMOTE_STREAM_ERROR, system-shutdown"
    })
    void refusalSaysWhatToDo(String condition, Reason reason, String hint) {
        play.hears(HEADER);
        play.hears("<stream:error><" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>");
        assertThat(play.end().reason()).isEqualTo(reason);
        assertThat(play.end().text()).contains(condition, hint);
    }

    @Test
    void stanzaBeforeTheServersWordIsIgnored() {
        play.hears(HEADER + "<message from='b.test' to='wave.a.test'/>");
        assertThat(play.delivered).isEmpty();
    }

    @Test
    void headerWithoutIdEndsIt() {
        play.hears(HEADER.replace(" id='c0ffee42'", ""));
        assertThat(play.end().reason()).isEqualTo(Reason.PROTOCOL_ERROR);
    }

    @Test
    void silentServerIsGivenUp() {
        play.on(new ComponentInput.TimedOut());
        assertThat(play.end().reason()).isEqualTo(Reason.NEGOTIATION_TIMEOUT);
        assertThat(play.end().text()).contains("component port");
    }
}
