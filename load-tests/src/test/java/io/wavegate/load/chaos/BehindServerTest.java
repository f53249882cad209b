package io.wavegate.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.lab.LabComponent;
import io.wavegate.s2s.lab.PeerLab;
import io.wavegate.s2s.lab.PeerServer;
import io.wavegate.s2s.lab.PeerServer.Authentication;
import io.wavegate.s2s.lab.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A gateway process as the component {@code wave.a.example} of a real XMPP server, and an ordinary one that finds it through
 * DNS, that server and its disco#items: everything above is as between two gateways, also when the server is killed.
 */
final class BehindServerTest {
    // Not of .test: Prosody's resolver answers for that by itself (RFC 6761 section 6.2).
    private static final String BEHIND = "a.example";
    private static final String ORDINARY = "b.example";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private PeerLab peers;
    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        peers = new PeerLab(Files.createDirectories(folder.resolve("peers")));
        lab = new Lab(Files.createDirectories(folder.resolve("gateways")));
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
        peers.close();
    }

    @ParameterizedTest
    @EnumSource
    void waveletsAreSharedBothWaysThroughTheServerAndCaughtUpOnAfterItWasKilled(ServerKind kind) throws Exception {
        PeerServer server = kind.start(peers, BEHIND, Authentication.EXTERNAL);
        GatewayProcess a = gateway(BEHIND).with(asComponentOf(server)).start();
        GatewayProcess b = gateway(ORDINARY);
        peers.publish(ORDINARY, b.streamPort());
        peers.publish("wave." + ORDINARY, b.streamPort());
        b.start();
        SharedWavelet hostedBehind = SharedWavelet.between(a, b);
        SharedWavelet hostedByTheOther = SharedWavelet.between(b, a);
        List<Typing> typists = List.of(
                Typing.begin(a.client("alice"), hostedBehind.name(), "a-hosts-"),
                Typing.begin(b.client("bob"), hostedBehind.name(), "b-follows-"),
                Typing.begin(b.client("alice"), hostedByTheOther.name(), "b-hosts-"),
                Typing.begin(a.client("bob"), hostedByTheOther.name(), "a-follows-"));
        List<Typing> hosts = List.of(typists.get(0), typists.get(2));
        awaitMore(typists, 5);
        server.kill();
        awaitMore(hosts, 10);
        server.startAgain();
        awaitMore(typists, 5);
        for (Typing typist : typists) {
            typist.finish();
        }
        hostedBehind.assertNothingLost(typists.subList(0, 2));
        hostedByTheOther.assertNothingLost(typists.subList(2, 4));
        assertThat(b.log()).as("where disco#items led").contains("is up, wave service wave.a.example");
        assertThat(a.log()).contains("as component wave.a.example").doesNotContain("accepting streams");
    }

    /** Each has so many more marks acknowledged. */
    private static void awaitMore(List<Typing> typists, int more) {
        List<Integer> wanted =
                typists.stream().map(typist -> typist.count() + more).toList();
        await().atMost(PATIENCE).until(() -> {
            for (int i = 0; i < wanted.size(); i++) {
                if (typists.get(i).count() < wanted.get(i)) {
                    return false;
                }
            }
            return true;
        });
    }

    private GatewayProcess gateway(String domain) throws IOException {
        LabCertificate certificate = LabCertificate.request(domain)
                .dns(domain, "*." + domain)
                .keys(LabCertificate.rsa(2048))
                .signedBy(peers.authority());
        Path home = Files.createDirectories(folder.resolve(domain));
        return lab.gateway(domain)
                .with("wavegate.domains = [{ name = \"%s\", certificate = \"%s\", key = \"%s\" }]"
                        .formatted(
                                domain,
                                certificate.writeChain(home.resolve("domain.crt")),
                                certificate.writeKey(home.resolve("domain.key"))))
                .with("wavegate.s2s.tls.trust-anchors = [\"" + peers.authorityFile() + "\"]")
                .with("wavegate.s2s.resolve { servers = [\"127.0.0.1:"
                        + peers.dns().address().getPort() + "\"], allow-private-addresses = on }");
    }

    private static String asComponentOf(PeerServer server) {
        return """
                wavegate.s2s.listen = []
                wavegate.s2s.components {
                  connect { "wave.%s" { server = "127.0.0.1:%d", secret = "%s" } }
                  retry-base = 100ms
                  retry-max = 500ms
                }"""
                .formatted(server.domain(), server.componentPort(), LabComponent.secret());
    }
}
