package io.wavegate.s2s.netty;

import static io.wavegate.s2s.netty.LoopbackGateway.good;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.s2s.LogLines;
import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.netty.LoopbackGateway.Network;
import io.wavegate.s2s.stream.StreamPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a peer is told that is over a limit, what is counted, and how connections end that say nothing any more. */
class LimitsOnLoopbackTest {
    private static final String ADA = "ada.example";
    private static final String BEE = "bee.example";
    private static final String STANZA = "<message from='bee.example' to='ada.example'><body>hi</body></message>";

    private final Network network = new Network();
    private LoopbackGateway ada;

    private void start(String overrides) {
        ada = new LoopbackGateway(network, ADA, good(ADA), LoopbackGateway.settings(StreamPolicy.DEFAULT, overrides));
    }

    @AfterEach
    void stop() {
        ada.close();
    }

    private RawPeer connect() throws IOException {
        return new RawPeer(network.address(ADA));
    }

    private RawPeer authenticated(String from) throws IOException, GeneralSecurityException {
        return connect().secures(from, ADA, good(from)).authenticates(from, ADA);
    }

    private long meter(String name, String... labels) {
        Map<String, String> wanted =
                labels.length == 2 ? Map.of(labels[0], labels[1]) : Map.of(labels[0], labels[1], labels[2], labels[3]);
        return ada.streams.meters().stream()
                .filter(meter -> meter.name().equals(name) && meter.labels().equals(wanted))
                .mapToLong(meter -> meter.value().getAsLong())
                .sum();
    }

    private void hit(String limit, String scope) {
        await().untilAsserted(() -> assertThat(meter("wavegate_s2s_limit_hits", "limit", limit, "scope", scope))
                .isPositive());
    }

    private void ended(String reason, long times) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        meter("wavegate_s2s_streams_ended", "direction", "in", "reason", reason))
                .as(this::counted)
                .isEqualTo(times));
    }

    private String counted() {
        return ada.streams.meters().stream()
                .filter(meter -> meter.value().getAsLong() > 0)
                .map(meter -> meter.name() + meter.labels() + meter.value().getAsLong())
                .toList()
                .toString();
    }

    @Test
    void oneConnectionTooManyIsToldWhyAndTheOthersGoOn() throws IOException, GeneralSecurityException {
        start("streams.limits.connections-per-address = 2");
        try (RawPeer bee = authenticated(BEE);
                RawPeer second = connect()) {
            second.sends(RawPeer.header(BEE, ADA)).reads("</stream:features>");
            try (RawPeer third = connect()) {
                assertThat(third.sends(RawPeer.header(BEE, ADA)).readsToTheEnd())
                        .startsWith("<?xml ")
                        .contains("<policy-violation ", "too many connections from your network: 2 at once")
                        .endsWith("</stream:stream>");
            }
            hit("connections", "address");
            ended("limit-exceeded", 1);
            assertThat(meter("wavegate_s2s_stream_errors", "way", "sent", "condition", "policy-violation"))
                    .isEqualTo(1);
            bee.sends(STANZA);
            await().untilAsserted(() -> assertThat(ada.inbox).hasSize(1));
        }
        await().untilAsserted(() -> assertThat(meter("wavegate_s2s_limit_used", "limit", "connections"))
                .isZero());
        authenticated(BEE).close();
    }

    @Test
    void whereOthersHaveTakenEverythingItIsAConstraint() throws IOException {
        start("streams.limits.connections = 1");
        try (RawPeer first = connect()) {
            first.sends(RawPeer.header(BEE, ADA)).reads("</stream:features>");
            try (RawPeer second = connect()) {
                assertThat(second.readsToTheEnd()).contains("<resource-constraint ");
            }
            first.sends(RawPeer.STARTTLS).reads("<proceed");
        }
    }

    @Test
    void handshakesUnderWayAreLimitedAndAuthenticatedOnesAreNone() throws IOException, GeneralSecurityException {
        start("streams.limits.handshakes-per-address = 1");
        try (RawPeer bee = authenticated(BEE);
                RawPeer slow = connect()) {
            slow.sends(RawPeer.header(BEE, ADA)).reads("</stream:features>");
            try (RawPeer third = connect()) {
                assertThat(third.readsToTheEnd()).contains("being negotiated", "<policy-violation ");
            }
            hit("handshakes", "address");
            bee.sends(STANZA);
            await().untilAsserted(() -> assertThat(ada.inbox).hasSize(1));
        }
    }

    @Test
    void oneStreamTooManyOfADomainEndsAndNotThoseBefore() throws IOException, GeneralSecurityException {
        start("streams.limits.connections-per-domain = 1");
        try (RawPeer first = authenticated(BEE);
                RawPeer second = connect().secures(BEE, ADA, good(BEE))) {
            second.sends("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>=</auth>")
                    .reads("<success");
            second.reads("/>");
            assertThat(second.sends(RawPeer.header(BEE, ADA)).readsToTheEnd())
                    .contains("<policy-violation ", "too many connections of your domain: 1 at once");
            hit("connections", "domain");
            first.sends(STANZA);
            await().untilAsserted(() -> assertThat(ada.inbox).hasSize(1));
        }
    }

    @Test
    void connectingAgainAndAgainIsRefused() throws IOException {
        start("streams.limits.attempts-per-minute-per-address = 3");
        for (int i = 0; i < 3; i++) {
            try (RawPeer peer = connect()) {
                peer.sends(RawPeer.header(BEE, ADA)).reads("</stream:features>");
            }
        }
        try (RawPeer fourth = connect()) {
            assertThat(fourth.readsToTheEnd()).contains("3 in a minute are allowed");
        }
        hit("attempts", "address");
    }

    @Test
    void whoSendsTooMuchInASecondWaitsAndLosesNothing() throws IOException, GeneralSecurityException {
        start("streams.limits.bytes-per-second-per-domain = 20000");
        String large = "<message from='bee.example' to='ada.example'><body>" + "x".repeat(10_000) + "</body></message>";
        try (RawPeer bee = authenticated(BEE);
                RawPeer cat = authenticated("cat.example")) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(bee, large.repeat(10)));
            hit("bytes", "domain");
            cat.sends("<message from='cat.example' to='ada.example'><body>quick</body></message>");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(ada.inbox).hasSize(11));
            sending.join();
        }
    }

    private static void send(RawPeer peer, String text) {
        try {
            peer.sends(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void oneVerificationTooManyIsAnsweredSo() throws IOException, GeneralSecurityException {
        start("streams.limits.verifications-per-address = 1");
        LabCertificate mallory = good("mallory.example");
        network.put("deaf.example", DeafServer.address());
        try (RawPeer bee = connect().secures(BEE, ADA, mallory)) {
            bee.sends("<db:result from='deaf.example' to='ada.example'>key</db:result>");
            bee.sends("<db:result from='other.example' to='ada.example'>key</db:result>");
            assertThat(bee.reads("</db:result>"))
                    .contains("to='other.example'", "<resource-constraint ", "try again later</text>");
            hit("verifications", "address");
        }
    }

    /** The same words go to the peer, to the metrics and to the log. */
    @Test
    void everyEndHasItsReason() throws IOException, GeneralSecurityException {
        try (LogLines log = new LogLines(AcceptedLog.class)) {
            endInFiveWays();
            await().untilAsserted(() -> assertThat(log.lines)
                    .filteredOn(line -> line.contains(" ended: "))
                    .extracting(line -> line.replaceFirst(".* ended: ([^:]+): .*", "$1"))
                    .contains(
                            "negotiation-timeout/connection-timeout",
                            "connection-lost",
                            "closed-by-remote",
                            "remote-stream-error/system-shutdown",
                            "protocol-error/not-well-formed"));
        }
    }

    private void endInFiveWays() throws IOException, GeneralSecurityException {
        start("streams.timeouts.header = 300ms");
        try (RawPeer silent = connect()) {
            assertThat(silent.readsToTheEnd()).contains("<connection-timeout ").endsWith("</stream:stream>");
        }
        ended("negotiation-timeout", 1);
        connect().close();
        ended("connection-lost", 1);
        try (RawPeer bee = authenticated(BEE)) {
            bee.sends("</stream:stream>").readsToTheEnd();
        }
        ended("closed-by-remote", 1);
        try (RawPeer bee = authenticated(BEE)) {
            bee.sends("<stream:error><system-shutdown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>");
            bee.readsToTheEnd();
        }
        ended("remote-stream-error", 1);
        assertThat(meter("wavegate_s2s_stream_errors", "way", "received", "condition", "system-shutdown"))
                .isEqualTo(1);
        try (RawPeer bee = authenticated(BEE)) {
            assertThat(bee.sends("<a></b>").readsToTheEnd()).contains("<not-well-formed ");
        }
        ended("protocol-error", 1);
    }

    @Test
    void aPeerThatTakesNoDataIsGivenUpAsUnresponsive() throws IOException, GeneralSecurityException {
        start("streams.write-timeout = 500ms");
        String questions = "<db:verify from='bee.example' to='ada.example' id='1'>k</db:verify>".repeat(20_000);
        try (RawPeer deaf = authenticated(BEE)) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < 100; i++) {
                        deaf.sends(questions);
                    }
                } catch (IOException givenUp) {
                    assertThat(givenUp).isNotNull();
                }
            });
            ended("unresponsive", 1);
            await().atMost(Duration.ofSeconds(30)).until(sending::isDone);
        }
    }

    /** Nothing to say for a while: a space, so that a dead connection is noticed and a living one not forgotten. */
    @Test
    void aQuietStreamIsKeptAliveBySpaces() throws IOException, GeneralSecurityException {
        start("streams.keepalive = 1s");
        try (RawPeer bee = authenticated(BEE)) {
            assertThat(bee.reads(" ")).isEqualTo(" ");
            assertThat(bee.reads(" ")).isEqualTo(" ");
        }
    }
}
