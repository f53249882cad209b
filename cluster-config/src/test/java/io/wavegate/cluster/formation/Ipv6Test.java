package io.wavegate.cluster.formation;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.cluster.members.PekkoMembers;
import io.wavegate.cluster.settings.ClusterSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.cluster.typed.Cluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Nodes that have IPv6 addresses and no names. */
class Ipv6Test {
    private final SharedSigns signs = new SharedSigns();

    @Test
    void nodesJoinBySeedNodesThatAreIpv6AddressesAndAreNamedByThem() throws Exception {
        int first = freePort();
        int second = freePort();
        try (Formation one = join(first, first);
                Formation other = join(second, first)) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                            Cluster.get(one.system()).state().getMembers())
                    .hasSize(2));
            assertThat(new PekkoMembers(other.system(), Set.of())
                            .members()
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS))
                    .extracting(member -> member.node())
                    .containsExactlyInAnyOrder("[::1]:" + first, "[::1]:" + second);
        }
    }

    private Formation join(int port, int seed) throws FormationException {
        Config config = ConfigFactory.parseString(
                        """
                        wavegate.cluster {
                          host = "::1", port = %d, seed-nodes = ["[::1]:%d"]
                          failure-detection = fast, shutdown-timeout = 2s
                        }
                        """
                                .formatted(port, seed))
                .withFallback(ConfigFactory.load())
                .resolve();
        return Formation.join(ClusterSettings.from(config), config, Agreement.NONE, "1.0.0", signs);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            return Assumptions.abort("this machine has no IPv6: " + e.getMessage());
        }
    }
}
