package io.wavegate.s2s.hostile;

import static io.wavegate.s2s.hostile.HostileServer.DIALBACK;
import static io.wavegate.s2s.hostile.HostileServer.EXTERNAL;
import static io.wavegate.s2s.hostile.HostileServer.STARTTLS;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that we dial and that play us false: no stream comes of it, and we say nothing that we should not. */
class HostileServersTest {
    private static final String EVE = "eve.example";
    private static final String PROCEED = "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
    private static final String SUCCESS = "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>";
    private static final String VALID = "<db:result from='eve.example' to='ada.example' type='valid'/>";
    private static final String HEADER =
            "<?xml version='1.0'?><stream:stream xmlns='jabber:server' xmlns:db='jabber:server:dialback'"
                    + " xmlns:stream='http://etherx.jabber.org/streams' id='1' version='1.0' from=";

    @RegisterExtension
    static final AttackedGateway gateway = new AttackedGateway(
            "streams { open-timeout = 10s, timeouts { header = 3s, features = 1s, tls = 3s, authentication = 3s,"
                    + " dialback = 1s, closing = 200ms } }");

    /** What the server does, and for what reason there is no stream then. */
    private record Play(String name, Reason reason, HostileServer.Script script) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Play> plays() {
        return Stream.of(
                new Play("says nothing", Reason.NEGOTIATION_TIMEOUT, HostileServer.Conversation::waits),
                new Play("header of another domain", Reason.PROTOCOL_ERROR, server -> server.reads("<stream:stream")
                        .sends(HEADER + "'cat.example'><stream:features>" + STARTTLS + "</stream:features>")
                        .waits()),
                new Play("features without end", Reason.LIMIT_EXCEEDED, server -> server.reads("<stream:stream")
                        .sends(HEADER + "'eve.example'><stream:features>" + "<x/>".repeat(5_000))
                        .waits()),
                new Play("offer of TLS stripped and refused", Reason.TLS_FAILED, server -> server.answersHeader("1", "")
                        .reads("<starttls")
                        .sends("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
                        .waits()),
                new Play("success instead of TLS", Reason.NEGOTIATION_TIMEOUT, server -> server.answersHeader(
                                "1", EXTERNAL)
                        .reads("<starttls")
                        .sends(SUCCESS + VALID)
                        .waits()),
                new Play("answer behind proceed", Reason.TLS_FAILED, server -> server.answersHeader("1", STARTTLS)
                        .reads("<starttls")
                        .reads("/>")
                        .sends(PROCEED + HEADER + "'eve.example'><stream:features>" + EXTERNAL + "</stream:features>")
                        .waits()),
                new Play("TLS that never begins", Reason.NEGOTIATION_TIMEOUT, server -> server.answersHeader(
                                "1", STARTTLS)
                        .reads("<starttls")
                        .sends(PROCEED)
                        .waits()),
                new Play("record that is no TLS", Reason.TLS_FAILED, server -> server.answersHeader("1", STARTTLS)
                        .reads("<starttls")
                        .sends(PROCEED)
                        .reads("\u0003")
                        .sends("HTTP/1.1 400 Bad Request\r\n\r\n")
                        .waits()),
                new Play("answers that nobody asked for", Reason.NEGOTIATION_TIMEOUT, server -> server.answersHeader(
                                "1", STARTTLS)
                        .reads("<starttls")
                        .reads("/>")
                        .sends(PROCEED)
                        .startsTls()
                        .reads("<stream:stream")
                        .sends(HEADER + "'eve.example'>" + VALID + SUCCESS)
                        .waits()),
                new Play("challenge", Reason.PROTOCOL_ERROR, server -> server.opens("1", EXTERNAL)
                        .reads("</auth>")
                        .sends("<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>AAAA</challenge>")
                        .waits()),
                new Play("success and no header", Reason.NEGOTIATION_TIMEOUT, server -> server.opens("1", EXTERNAL)
                        .reads("</auth>")
                        .sends(SUCCESS)
                        .waits()),
                new Play("dialback for others", Reason.NEGOTIATION_TIMEOUT, server -> server.opens("1", DIALBACK)
                        .reads("</db:result>")
                        .sends("<db:result from='eve.example' to='dan.example' type='valid'/>")
                        .sends("<db:result from='cat.example' to='ada.example' type='valid'/>")
                        .sends("<db:verify from='eve.example' to='ada.example' id='1' type='valid'/>")
                        .waits()),
                new Play("dialback that fails", Reason.AUTHENTICATION_FAILED, server -> server.opens("1", DIALBACK)
                        .reads("</db:result>")
                        .sends(VALID.replace("'valid'", "'invalid'"))
                        .waits()),
                new Play("stanzas and no end", Reason.NEGOTIATION_TIMEOUT, server -> {
                    server.opens("1", EXTERNAL).reads("</auth>");
                    while (true) {
                        server.sends("<message from='eve.example' to='ada.example'><body>now</body></message>");
                    }
                }),
                new Play("compression", Reason.NEGOTIATION_TIMEOUT, server -> server.opens(
                                "1",
                                "<compression xmlns='http://jabber.org/features/compress'><method>zlib</method></compression>")
                        .waits()));
    }

    @ParameterizedTest
    @MethodSource("plays")
    void opensNoStream(Play play) throws IOException {
        try (HostileServer eve = new HostileServer(EVE)) {
            gateway.network.put(EVE, eve.address());
            eve.script(play.script());
            StreamEnd end = gateway.ada.openFails(EVE);
            assertThat(end.reason()).as(end.text()).isEqualTo(play.reason());
            assertThat(end.text()).contains(EVE);
            assertThat(eve.connections).as("attempts").hasValue(1);
        }
    }

    /** What a server may say in plain text is where TLS begins; no key and no stanza is told it before. */
    @Test
    void nothingIsSaidInPlainText() throws IOException {
        try (HostileServer eve = new HostileServer(EVE)) {
            gateway.network.put(EVE, eve.address());
            eve.script(server ->
                    server.answersHeader("1", DIALBACK + EXTERNAL).sends(VALID).waits());
            gateway.ada.openFails(EVE);
            assertThat(eve.heard("<starttls")).doesNotContain("db:result", "<auth", "<message");
        }
    }

    /** It could point anywhere, and round in circles: what is private or unknown to DNS is not dialled. */
    @Test
    void seeOtherHostLeadsNowherePrivate() throws IOException {
        try (HostileServer eve = new HostileServer(EVE);
                HostileServer victim = new HostileServer("victim.example")) {
            gateway.network.put(EVE, eve.address());
            int port = victim.address().getPort();
            for (String host : List.of(
                    "127.0.0.1:" + port,
                    "[::1]:" + port,
                    EVE + ":" + eve.address().getPort())) {
                String error = "<stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>" + host
                        + "</see-other-host></stream:error></stream:stream>";
                eve.script(server ->
                        server.answersHeader("1", STARTTLS).sends(error).waits());
                assertThat(gateway.ada.openFails(EVE).reason()).isEqualTo(Reason.REMOTE_STREAM_ERROR);
                eve.script(server -> server.opens("1", EXTERNAL)
                        .reads("</auth>")
                        .sends(error)
                        .waits());
                assertThat(gateway.ada.openFails(EVE).reason()).isEqualTo(Reason.REMOTE_STREAM_ERROR);
            }
            assertThat(victim.connections).hasValue(0);
            assertThat(eve.connections).hasValue(6);
        }
    }

    /** Our stream goes one way: nothing that comes back on it is a stanza of anybody, errors of this very pair excepted. */
    @Test
    void stanzasOnOurStreamAreNobodys() throws Exception {
        try (HostileServer eve = new HostileServer(EVE)) {
            gateway.network.put(EVE, eve.address());
            eve.script(server -> server.opens("1", EXTERNAL)
                    .reads("</auth>")
                    .sends(SUCCESS)
                    .answersHeader("2", "")
                    .reads("</message>")
                    .sends("<message from='eve.example' to='ada.example'><body>back</body></message>")
                    .sends("<message from='cat.example' to='ada.example' type='error'><body>forged</body></message>")
                    .sends(VALID.replace("eve", "cat"))
                    .sends("</stream:stream>")
                    .waits());
            OutgoingStream stream = gateway.ada.open(EVE);
            stream.send(List.of(gateway.ada.message(EVE, "hello")))
                    .toCompletableFuture()
                    .join();
            assertThat(stream.ended().toCompletableFuture())
                    .succeedsWithin(Duration.ofSeconds(20))
                    .extracting(StreamEnd::reason)
                    .isEqualTo(Reason.CLOSED_BY_REMOTE);
            assertThat(gateway.ada.inbox).isEmpty();
        }
    }

    /** On a stream with a way back a server speaks for its own domain, which our stream was opened to, and no other. */
    @ParameterizedTest
    @CsvSource({
        "cat.example, ada.example, invalid-from",
        "x.eve.example, ada.example, invalid-from",
        "eve.example, cat.example, invalid-from",
        "ada.example, ada.example, invalid-from",
        "'', ada.example, improper-addressing",
    })
    void onAWayBackAServerSpeaksForItselfAlone(String from, String to, String condition) throws Exception {
        try (HostileServer eve = new HostileServer(EVE)) {
            gateway.network.put(EVE, eve.address());
            eve.script(server -> server.opens("1", EXTERNAL + "<bidi xmlns='urn:xmpp:features:bidi'/>")
                    .reads("<bidi xmlns='urn:xmpp:bidi'>")
                    .reads("</auth>")
                    .sends(SUCCESS)
                    .answersHeader("2", "<sm xmlns='urn:xmpp:sm:3'/>")
                    .reads("<enable")
                    .sends("<db:result from='cat.example' to='ada.example'>key</db:result>")
                    .reads("not-authorized")
                    .sends("<db:result from='cat.example' to='ada.example' type='valid'/>")
                    .sends("<message from='" + from + "' to='" + to + "'><body>forged</body></message>")
                    .waits());
            OutgoingStream stream = gateway.ada.open(EVE);
            assertThat(stream.ended().toCompletableFuture())
                    .succeedsWithin(Duration.ofSeconds(20))
                    .extracting(StreamEnd::label)
                    .isEqualTo("protocol-error/" + condition);
            assertThat(gateway.ada.inbox).isEmpty();
        }
    }

    /** A peer that lies about what it has handled loses its stream. */
    @ParameterizedTest
    @ValueSource(strings = {"2", "4294967295", "x"})
    void countsThatCannotBeEndTheStream(String count) throws Exception {
        try (HostileServer eve = new HostileServer(EVE)) {
            gateway.network.put(EVE, eve.address());
            eve.script(server -> server.opens("1", EXTERNAL)
                    .reads("</auth>")
                    .sends(SUCCESS)
                    .answersHeader("2", "<sm xmlns='urn:xmpp:sm:3'/>")
                    .reads("</message>")
                    .sends("<a xmlns='urn:xmpp:sm:3' h='" + count + "'/>")
                    .waits());
            OutgoingStream stream = gateway.ada.open(EVE);
            stream.send(List.of(gateway.ada.message(EVE, "hello")))
                    .toCompletableFuture()
                    .join();
            assertThat(stream.ended().toCompletableFuture())
                    .succeedsWithin(Duration.ofSeconds(20))
                    .extracting(StreamEnd::reason)
                    .isEqualTo(Reason.PROTOCOL_ERROR);
            assertThat(stream.unacknowledged()).hasSize(1);
        }
    }
}
