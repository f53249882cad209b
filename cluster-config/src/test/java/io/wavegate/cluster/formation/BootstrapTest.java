package io.wavegate.cluster.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.cluster.settings.ClusterSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.pekko.cluster.typed.Cluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Nodes on several addresses of the loopback that find each other by a name. */
class BootstrapTest {
    private static final String NAME = "nodes.wavegate.test";
    private static final SharedSigns SIGNS = new SharedSigns();

    @Test
    void nodesFindEachOtherByANameInDnsAndFormOneCluster() throws Exception {
        List<InetAddress> addresses = List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("127.0.0.2"));
        int port = freePort();
        int management = freePort();
        List<Formation> nodes = new ArrayList<>();
        try (AddressServer dns = new AddressServer(NAME, addresses)) {
            List<CompletableFuture<Formation>> starting = addresses.stream()
                    .map(address -> CompletableFuture.supplyAsync(() -> join(address, port, management, dns.port())))
                    .toList();
            starting.forEach(node -> nodes.add(node.join()));
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                            Cluster.get(nodes.get(0).system()).state().getMembers())
                    .hasSize(2));
        } finally {
            nodes.forEach(Formation::close);
        }
    }

    @Test
    void aNameIsNeededAndSeedNodesAreNot() {
        assertThatThrownBy(() -> settings("wavegate.cluster { port = 7000, discovery = dns }"))
                .hasMessageContaining("bootstrap.service");
        assertThatThrownBy(() -> settings("wavegate.cluster { port = 7000, discovery = dns, bootstrap.service = a"
                        + ", seed-nodes = [\"a:1\"] }"))
                .hasMessageContaining("seed-nodes");
        assertThatThrownBy(() -> settings("wavegate.cluster { discovery = smoke }"))
                .hasMessageContaining("seeds, dns or kubernetes");
    }

    @Test
    void podsAreFoundByTheirLabels() {
        Config pekko = settings(
                        """
                        wavegate.cluster {
                          host = "10.1.2.3"
                          port = 7000
                          discovery = kubernetes
                          bootstrap { service = east, label-selector = "wave=%s", namespace = waves }
                        }
                        """)
                .over(ConfigFactory.load());
        Config pods = pekko.getConfig("pekko.discovery.kubernetes-api");
        assertThat(pods.getString("pod-label-selector")).isEqualTo("wave=%s");
        assertThat(pods.getString("pod-namespace")).isEqualTo("waves");
        Config found = pekko.getConfig("pekko.management.cluster.bootstrap.contact-point-discovery");
        assertThat(found.getString("service-name")).isEqualTo("east");
        assertThat(pekko.getString("pekko.discovery.wavegate.method")).isEqualTo("kubernetes-api");
    }

    private static ClusterSettings settings(String text) {
        return ClusterSettings.from(ConfigFactory.parseString(text)
                .withFallback(ConfigFactory.defaultReference())
                .resolve());
    }

    private static Formation join(InetAddress address, int port, int management, int dns) {
        Config config = ConfigFactory.parseString(
                        """
                        wavegate.cluster {
                          host = "%s", port = %d, discovery = dns
                          failure-detection = fast, shutdown-timeout = 2s
                          bootstrap { service = "%s", port = %d, contact-points = 2, stable-margin = 500ms }
                        }
                        pekko.io.dns.async-dns.nameservers = ["127.0.0.1:%d"]
                        """
                                .formatted(address.getHostAddress(), port, NAME, management, dns))
                .withFallback(ConfigFactory.load())
                .resolve();
        try {
            return Formation.join(ClusterSettings.from(config), config, Agreement.NONE, "1.0.0", SIGNS);
        } catch (FormationException e) {
            throw new CompletionException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
            return socket.getLocalPort();
        }
    }
}
