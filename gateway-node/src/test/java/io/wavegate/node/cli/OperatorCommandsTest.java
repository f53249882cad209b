package io.wavegate.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.config.Configuration;
import io.wavegate.node.devca.DevelopmentCa;
import io.wavegate.node.json.JsonFields;
import io.wavegate.node.token.TokenAlgorithm;
import io.wavegate.node.token.TokenKeyFiles;
import io.wavegate.node.wiring.GatewayNode;
import io.wavegate.node.wiring.NodeSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wavegate links} and {@code wavegate check} with running gateways, and without. */
final class OperatorCommandsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private DevelopmentCa authority;
    private int ours;
    private int theirs;
    private String a;
    private String b;

    @BeforeEach
    void configure() throws Exception {
        authority = DevelopmentCa.in(folder.resolve("ca"), Clock.systemUTC());
        TokenKeyFiles.make(TokenAlgorithm.EDDSA, folder.resolve("tokens.pem"));
        ours = freePort();
        theirs = freePort();
        a = configuration("a.test", ours);
        b = configuration("b.test", theirs);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String configuration(String domain, int port) throws Exception {
        DevelopmentCa.CertificateAndKey files = authority.issue(domain);
        String text =
                """
                wavegate {
                  domains = [{ name = "%s", certificate = "%s", key = "%s" }]
                  tokens.key = "%s"
                  store.kind = memory
                  http.port = %d
                  s2s {
                    listen = ["127.0.0.1:%d"]
                    tls { system-anchors = false, trust-anchors = ["%s"] }
                    links { retry-base = 100ms, retry-max = 500ms }
                    resolve.pins {
                      "a.test" = ["127.0.0.1:%d"], "wave.a.test" = ["127.0.0.1:%d"]
                      "b.test" = ["127.0.0.1:%d"], "wave.b.test" = ["127.0.0.1:%d"]
                    }
                  }
                }
                """
                        .formatted(
                                domain,
                                files.certificate(),
                                files.key(),
                                folder.resolve("tokens.pem"),
                                freePort(),
                                port,
                                authority.anchor(),
                                ours,
                                ours,
                                theirs,
                                theirs);
        return Files.writeString(folder.resolve(domain + ".conf"), text).toString();
    }

    private static GatewayNode start(String configuration) throws Exception {
        return GatewayNode.start(
                NodeSettings.read(Configuration.read(Optional.of(Path.of(configuration)), Map.of()), Instant.now()));
    }

    @Test
    void aDomainIsCheckedFromDnsToItsWaveServiceByTheRunningGatewayOrInItsPlace() throws Exception {
        try (GatewayNode peer = start(b)) {
            CommandRun alone = CommandRun.of("check", "b.test", "--config", a);
            assertThat(alone.err()).contains("No gateway runs at http://127.0.0.1:", "looks in its place");
            isWell(alone);
            try (GatewayNode node = start(a)) {
                CommandRun running = CommandRun.of("check", "b.test", "--config", a);
                assertThat(running.err()).contains("As seen by the running gateway at http://127.0.0.1:");
                isWell(running);
                CommandRun json = CommandRun.of("check", "b.test", "--json", "--config", a);
                JsonNode report = JsonFields.parse(json.out().getBytes(StandardCharsets.UTF_8));
                assertThat(report.path("reports").get(0).path("worst").asText()).isEqualTo("note");
            }
        }
        CommandRun gone = CommandRun.of("check", "b.test", "--config", a);
        assertThat(gone.exitCode()).isEqualTo(4);
        assertThat(gone.out())
                .contains("127.0.0.1 port " + theirs + " refuses connections: nothing listens there")
                .contains("-> on their side: The operator of the domain has to start the server")
                .contains("Begin with: 127.0.0.1 port " + theirs);
    }

    private static void isWell(CommandRun run) {
        assertThat(run.out())
                .contains("Check of b.test, in the name of a.test")
                .contains("b.test is pinned by wavegate.s2s.resolve.pins")
                .contains("takes connections")
                .contains("TLSv1.3")
                .contains("The certificate proves b.test to us by its name b.test")
                .contains("b.test takes us for a.test by our certificate (SASL EXTERNAL)")
                .contains("We take b.test by that certificate")
                .contains("b.test is a wave service")
                .contains("b.test answers a ping")
                .contains("a.test signs as CN=a.test")
                .contains("Verdict: all is well.");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void ourOwnDomainIsCheckedAsOthersSeeItAndItsRecordsArePrinted() throws Exception {
        CommandRun stopped = CommandRun.of("check", "self", "--config", a);
        assertThat(stopped.out()).contains("Check of our own domain a.test, as others see it");
        try (GatewayNode node = start(a)) {
            CommandRun run = CommandRun.of("check", "self", "--config", a);
            assertThat(run.out().replaceAll("\\s+", " "))
                    .contains("Our listener 127.0.0.1 port " + ours + " answers for a.test")
                    .contains("where DNS leads for a.test, is this gateway")
                    .contains("holds by wavegate.s2s.tls.trust-anchors, not by the authorities that everybody trusts")
                    .contains("_xmpp-server._tcp.a.test. 3600 IN SRV 0 5 " + ours + " a.test.")
                    .contains("_xmpp-server._tcp.wave.a.test. 3600 IN SRV 0 5 " + ours + " a.test.");
            assertThat(run.exitCode())
                    .as("a private authority is worth a warning")
                    .isEqualTo(3);
        }
    }

    @Test
    void linksAreListedRetriedClosedAndWatched() throws Exception {
        StringWriter watched = new StringWriter();
        CompletableFuture<Integer> watching;
        try (GatewayNode node = start(a)) {
            assertThat(CommandRun.of("links", "--config", a).out()).contains("No links on this node");
            watching = CompletableFuture.supplyAsync(() -> WavegateCommand.line()
                    .setOut(new PrintWriter(watched, true))
                    .execute("links", "watch", "b.test", "--config", a));
            assertThat(CommandRun.of("links", "retry", "b.test", "--config", a).exitCode())
                    .isZero();
            await().atMost(PATIENCE)
                    .until(() -> CommandRun.of("links", "--config", a).exitCode() == 3);
            CommandRun down = CommandRun.of("links", "--config", a);
            assertThat(down.out())
                    .contains("a.test -> b.test  down for")
                    .contains("last error,")
                    .contains("last attempt:")
                    .contains("opening a stream from a.test to b.test")
                    .contains("127.0.0.1");
            try (GatewayNode peer = start(b)) {
                await().atMost(PATIENCE).until(() -> {
                    CommandRun.of("links", "retry", "b.test", "--config", a);
                    return watched.toString().contains("a.test <- ");
                });
                await().atMost(PATIENCE)
                        .until(() -> CommandRun.of("links", "--config", a).exitCode() == 0);
                assertThat(CommandRun.of("links", "--steps", "--config", a).out())
                        .contains(
                                "a.test -> b.test  up for",
                                "certificate of b.test vouched for by ",
                                "b.test is a wave service",
                                "the wave service is");
                assertThat(watched.toString()).contains("b.test <iq", "a.test -- b.test the link is up");
                CommandRun closed = CommandRun.of("links", "close", "b.test", "--config", a);
                assertThat(closed.exitCode()).isZero();
                assertThat(closed.out()).contains("a.test -> b.test  idle");
            }
        }
        assertThat(watching.get(60, TimeUnit.SECONDS)).as("the gateway stopped").isIn(0, 1);
        CommandRun run = CommandRun.of("links", "--config", a);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("nothing listens there", "wavegate run");
    }

    @Test
    void whereAComponentSendsInVainDoesNotMakeTheGatewayLookSick() throws Exception {
        Path config = Files.writeString(
                folder.resolve("component.conf"),
                Files.readString(Path.of(a))
                        + """
                        wavegate.s2s.resolve.pins."mistyped.test" = ["127.0.0.1:%d"]
                        wavegate.s2s.links { retry-base = 1m, retry-max = 1h, relay.retry-max = 1h }
                        wavegate.s2s.components { listen = ["127.0.0.1:%d"], accept { "echo.a.test" { secret = hidden } } }
                        """
                                .formatted(freePort(), freePort()));
        try (GatewayNode node = start(config.toString())) {
            CommandRun.of("links", "retry", "mistyped.test", "--as", "echo.a.test", "--config", config.toString());
            await().atMost(PATIENCE).until(() -> CommandRun.of("links", "--config", config.toString())
                    .out()
                    .contains("echo.a.test -> mistyped.test  down for"));
            CommandRun run = CommandRun.of("links", "--config", config.toString());
            assertThat(run.out()).contains("(of a component)", "connect-failed");
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void aTokenOfAnotherKeyIsRefusedAndTheReasonTold() throws Exception {
        Path other = folder.resolve("other.pem");
        TokenKeyFiles.make(TokenAlgorithm.EDDSA, other);
        String elsewhere = Files.writeString(
                        folder.resolve("other.conf"),
                        Files.readString(Path.of(a)) + "wavegate.tokens.key = \"" + other + "\"\n")
                .toString();
        try (GatewayNode node = start(a)) {
            CommandRun run = CommandRun.of("links", "--config", elsewhere);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("UNAUTHENTICATED", "not of this gateway's key");
            Path token = Files.writeString(
                    folder.resolve("token"),
                    CommandRun.of("token", "--operator", "ada", "--config", a).out());
            assertThat(CommandRun.of("links", "--config", elsewhere, "--token-file", token.toString())
                            .exitCode())
                    .isZero();
        }
    }
}
