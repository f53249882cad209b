package io.wavegate.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.cluster.formation.Agreement;
import io.wavegate.cluster.formation.Formation;
import io.wavegate.cluster.formation.FormationException;
import io.wavegate.cluster.presence.LifeSigns;
import io.wavegate.cluster.settings.ClusterSettings;
import io.wavegate.node.devca.DevelopmentCa;
import io.wavegate.persistence.memory.InMemoryJournal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.apache.pekko.cluster.typed.Cluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS between nodes. */
final class ClusterTlsTest {
    private static final LifeSigns SIGNS = new JournalLifeSigns(new InMemoryJournal());

    @TempDir
    private Path folder;

    @Test
    void nodesOfOneAuthorityFormAClusterAndNobodyElseGetsIn() throws Exception {
        DevelopmentCa ours = DevelopmentCa.in(folder.resolve("ours"), Clock.systemUTC());
        DevelopmentCa others = DevelopmentCa.in(folder.resolve("others"), Clock.systemUTC());
        int seed = freePort();
        try (Formation first = join(seed, seed, ours, ours);
                Formation second = join(freePort(), seed, ours, ours)) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            Cluster.get(first.system()).state().getMembers())
                    .hasSize(2));
            assertThat(Cluster.get(second.system()).selfMember().address().toString())
                    .startsWith("pekko://wavegate@127.0.0.1:");
            assertThatThrownBy(() -> join(freePort(), seed, others, ours))
                    .isInstanceOf(FormationException.class)
                    .hasMessageContaining("wavegate.cluster.tls");
        }
    }

    private static Formation join(int port, int seed, DevelopmentCa issuer, DevelopmentCa trusted) throws Exception {
        DevelopmentCa.CertificateAndKey files = issuer.issue("nodes.test");
        Config config = ConfigFactory.parseString(
                        """
                        wavegate.cluster {
                          port = %d, seed-nodes = ["127.0.0.1:%d"]
                          failure-detection = fast, join-timeout = 10s, shutdown-timeout = 2s
                          tls { certificate = "%s", key = "%s", authority = "%s" }
                        }
                        """
                                .formatted(port, seed, files.certificate(), files.key(), trusted.anchor()))
                .withFallback(ConfigFactory.load())
                .resolve();
        return Formation.join(ClusterSettings.from(config), config, Agreement.NONE, "1.0.0", SIGNS);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
