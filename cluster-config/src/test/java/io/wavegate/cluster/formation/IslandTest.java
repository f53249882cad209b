package io.wavegate.cluster.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.cluster.presence.LifeSigns;
import io.wavegate.cluster.presence.Sign;
import io.wavegate.cluster.settings.ClusterSettings;
import io.wavegate.cluster.settings.PresenceTimes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.cluster.typed.Cluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A first seed node that is started again while a partition cuts it off from its cluster. */
class IslandTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final PresenceTimes TIMES = new PresenceTimes(
            Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(3));

    private final List<Formation> nodes = new ArrayList<>();
    private final SharedSigns store = new SharedSigns();
    private final int first = freePort();
    private final int second = freePort();
    private final int nobody = freePort();

    IslandTest() throws IOException {}

    @Test
    void noClusterIsFormedBesideALivingOneAndOneThatWasEndsByItself() throws Exception {
        try {
            SharedSigns.Way wayOfSecond = store.way(sign -> sign);
            Formation before = join(first, List.of(first, second), store);
            Formation living = join(second, List.of(first, second), wayOfSecond);
            CompletableFuture<Ending> livingEnds = living.ended().toCompletableFuture();
            before.close();
            assertHolds(living);

            // It reaches nobody, by its seed nodes or by what the store says.
            LifeSigns cutOff = store.way(
                    sign -> new Sign(sign.position(), sign.holder(), sign.beat(), Set.of("127.0.0.1:" + nobody)));
            assertThatThrownBy(() -> join(first, List.of(first), cutOff, "5s"))
                    .isInstanceOf(FormationException.class)
                    .hasMessageContaining("the store has signs of a living cluster at 127.0.0.1:" + nobody);
            assertThat(livingEnds).isNotDone();

            // The living cluster can give no signs any more: the island is formed.
            wayOfSecond.cut(true);
            Formation island = join(first, List.of(first), cutOff);
            assertHolds(island);
            wayOfSecond.cut(false);
            assertThat(livingEnds.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(Ending.OTHER_CLUSTER);
            assertThat(Ending.OTHER_CLUSTER.exitCode()).isEqualTo(75);

            // Started again it finds the other by the sign alone.
            Formation again = join(second, List.of(nobody, second), store);
            Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(
                            Cluster.get(again.system()).state().getMembers())
                    .hasSize(2));
            again.close();
            island.close();
            assertThat(store.sign().isFree()).as("who goes last says so").isTrue();
        } finally {
            nodes.forEach(Formation::close);
        }
    }

    private void assertHolds(Formation node) {
        String self = Cluster.get(node.system()).selfMember().address() + "#";
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(store.sign().holder()).startsWith(self));
    }

    private Formation join(int port, List<Integer> seeds, LifeSigns signs) throws FormationException {
        return join(port, seeds, signs, "60s");
    }

    private Formation join(int port, List<Integer> seeds, LifeSigns signs, String joinTimeout)
            throws FormationException {
        Config config = ConfigFactory.parseString(
                        """
                        wavegate.cluster {
                          port = %d, seed-nodes = %s
                          failure-detection = fast, join-timeout = %s, shutdown-timeout = 2s
                        }
                        """
                                .formatted(
                                        port,
                                        seeds.stream()
                                                .map(seed -> "\"127.0.0.1:" + seed + "\"")
                                                .toList(),
                                        joinTimeout))
                .withFallback(ConfigFactory.load())
                .resolve();
        Formation node = Formation.join(ClusterSettings.from(config), config, Agreement.NONE, "1.0.0", signs, TIMES);
        nodes.add(node);
        return node;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
