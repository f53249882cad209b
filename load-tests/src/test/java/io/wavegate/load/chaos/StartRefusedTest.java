package io.wavegate.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.node.devca.DevelopmentCa;
import io.wavegate.node.devca.DevelopmentCa.CertificateAndKey;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a gateway from starting: exit code 1, and for each thing one line with its cause and the next step. */
final class StartRefusedTest {
    private Lab lab;
    private GatewayProcess gateway;

    @BeforeEach
    void prepare(@TempDir Path folder) throws Exception {
        lab = new Lab(folder);
        gateway = lab.gateway("a.test");
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    @Test
    void unknownAndMalformedKeysAreAllNamedWithFileAndLine() throws Exception {
        List<String> said = refusal(
                gateway.with(
                        """
                wavegate.http.prot = 1
                wavegate.http.max-wait = soon
                wavegate.wavelets.batch.max-deltas = many
                wavegate.store.kind = floppy
                """));
        assertThat(said).hasSize(4);
        assertThat(line(said, "wavegate.http.prot"))
                .matches("gateway\\.conf:\\d+: .*")
                .contains("unknown key")
                .contains("port");
        assertThat(line(said, "wavegate.http.max-wait"))
                .matches("gateway\\.conf:\\d+: .*")
                .contains("soon")
                .contains("duration");
        assertThat(line(said, "wavegate.wavelets.batch.max-deltas")).contains("many");
        assertThat(line(said, "floppy")).contains("embedded");
    }

    @Test
    void fileThatIsNoHoconIsNamedWithTheLine() throws Exception {
        List<String> said = refusal(gateway.with("wavegate.http { port = "));
        assertThat(said).hasSize(1);
        assertThat(said.get(0)).contains("gateway.conf").contains("Correct it");
    }

    @Test
    void certificatesAndKeysThatDoNotServeAreAllNamed() throws Exception {
        Clock past = Clock.offset(Clock.systemUTC(), Duration.ofDays(-800));
        CertificateAndKey old =
                DevelopmentCa.in(lab.folder().resolve("old-ca"), past).issue("expired.test");
        CertificateAndKey one = lab.authority().issue("one.test");
        CertificateAndKey two = lab.authority().issue("two.test");
        Path nothing = lab.folder().resolve("nothing.pem");
        Path rubbish = Files.writeString(lab.folder().resolve("rubbish.pem"), "rubbish");
        List<String> said = refusal(gateway.with("wavegate.domains = ["
                + domain("missing.test", nothing, one.key())
                + domain("expired.test", old.certificate(), old.key())
                + domain("other.test", one.certificate(), one.key())
                + domain("two.test", two.certificate(), one.key())
                + domain("keyless.test", one.certificate(), nothing)
                + domain("rubbish.test", rubbish, one.key())
                + "]"));
        assertThat(said).hasSize(6);
        assertThat(line(said, "Domain missing.test")).contains(nothing + "", "does not exist", "correct the path");
        assertThat(line(said, "Domain expired.test")).contains(old.certificate() + "", "expired at", "renew it");
        assertThat(line(said, "Domain other.test")).contains("does not name other.test", "one.test", "obtain one");
        assertThat(line(said, "Domain two.test")).contains("does not belong to the certificate", "configure the key");
        assertThat(line(said, "Domain keyless.test")).contains(nothing + "", "does not exist");
        assertThat(line(said, "Domain rubbish.test")).contains(rubbish + "", "is not PEM", "convert it");
    }

    private static String domain(String name, Path certificate, Path key) {
        return "{ name = \"%s\", certificate = \"%s\", key = \"%s\" },".formatted(name, certificate, key);
    }

    @Test
    void portsInUseAreNamedWithTheKeyToChange() throws Exception {
        try (ServerSocket taken =
                new ServerSocket(gateway.streamPort(), 1, FreePorts.loopback(0).getAddress())) {
            assertThat(lastLine(gateway))
                    .contains("127.0.0.1:" + taken.getLocalPort(), "in use", "wavegate.s2s.listen", "Stop what uses");
        }
        try (ServerSocket taken =
                new ServerSocket(gateway.apiPort(), 1, FreePorts.loopback(0).getAddress())) {
            assertThat(lastLine(gateway))
                    .contains("127.0.0.1:" + taken.getLocalPort(), "in use", "wavegate.http.port", "Stop what uses");
        }
    }

    @Test
    void storeFolderThatCannotBeHadIsNamed() throws Exception {
        Path file = Files.writeString(lab.folder().resolve("file"), "");
        gateway.store(file.resolve("store"));
        assertThat(lastLine(gateway)).contains(file.toString(), "cannot be created", "wavegate.store.embedded.folder");
    }

    @Test
    void storeFolderOfARunningGatewayIsLeftAloneAndThatOneGoesOn() throws Exception {
        Path store = lab.folder().resolve("shared-store");
        GatewayProcess first = lab.gateway("first.test").store(store).start();
        assertThat(lastLine(gateway.store(store)))
                .contains(store.toString(), "in use by a running process", "Stop that");
        try (var alice = first.client("alice")) {
            assertThat(alice.createWave(List.of()).waveletDomain()).isEqualTo("first.test");
        }
    }

    private static List<String> refusal(GatewayProcess gateway) throws InterruptedException {
        GatewayProcess.Ended ended = gateway.startRefused();
        assertThat(ended.exitCode()).as(ended.printed()).isEqualTo(1);
        assertThat(ended.printed())
                .doesNotContain("\tat ")
                .doesNotContain("Exception")
                .doesNotContain(".. ");
        return ended.printed().lines().toList();
    }

    /** What it said last; before that there may be lines of a start that went well so far. */
    private static String lastLine(GatewayProcess gateway) throws InterruptedException {
        List<String> said = refusal(gateway);
        return said.get(said.size() - 1);
    }

    private static String line(List<String> said, String about) {
        List<String> lines = said.stream().filter(line -> line.contains(about)).toList();
        assertThat(lines).as(about + " in " + said).hasSize(1);
        return lines.get(0);
    }
}
