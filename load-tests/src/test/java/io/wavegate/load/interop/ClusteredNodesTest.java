package io.wavegate.load.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.cassandra.runtime.CassandraProcess;
import io.wavegate.cluster.formation.Ending;
import io.wavegate.node.client.WavegateClient;
import io.wavegate.node.wiring.GatewayNode;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several whole gateway nodes as one cluster, on one Cassandra. */
class ClusteredNodesTest {
    private static final int LETTERS = 10;

    @TempDir
    private Path folder;

    private int seedPort;

    @BeforeEach
    void choosePort() throws IOException {
        seedPort = freePort();
    }

    @Test
    void aWaveletWrittenAtOneNodeIsReadAtAnotherAndFederatedByAny() throws Exception {
        InteropDomain both = new InteropDomain("a.test", folder);
        InteropDomain shard = new InteropDomain("a.test", folder);
        InteropDomain edge = new InteropDomain("a.test", folder);
        InteropDomain other = new InteropDomain("b.test", folder);
        int shardPort = freePort();
        try (GatewayNode one = both.start(member(seedPort, "edge, shard"), other);
                GatewayNode two = shard.start(member(shardPort, "shard"), other);
                GatewayNode three = edge.start(member(freePort(), "edge"), other);
                GatewayNode far = other.start("wavegate.store.kind = memory", edge);
                WavegateClient alice = both.client("alice");
                WavegateClient carol = shard.client("carol");
                WavegateClient dave = edge.client("dave");
                WavegateClient bob = other.client("bob")) {
            assertThat(two.streamAddresses()).isEmpty();
            assertThat(three.streamAddresses()).isNotEmpty();
            // Enough wavelets that each of both nodes with shards gets some.
            for (int i = 0; i < 4; i++) {
                WaveletName name = Page.create(alice, bob.user());
                Page left = Page.open(alice, name);
                Page right = Page.open(bob, name);
                left.type("a", LETTERS);
                right.type("b", LETTERS);
                left.awaitQuiet();
                right.awaitQuiet();
                HashedVersion last =
                        left.version().version() > right.version().version() ? left.version() : right.version();
                left.awaitVersion(last);
                right.awaitVersion(last);
                assertThat(left.text()).isEqualTo(right.text()).hasSize(2 * LETTERS);
                List<DeltaPage.Delta> history = ServedHistory.of(both, "alice", name);
                assertThat(ServedHistory.of(shard, "alice", name)).isEqualTo(history);
                assertThat(ServedHistory.of(edge, "alice", name)).isEqualTo(history);
                assertThat(ServedHistory.of(other, "bob", name)).isEqualTo(history);
            }
            for (InteropDomain node : List.of(both, shard, edge)) {
                assertThat(node.admin("GET", "/links").path("links").findValuesAsText("remote"))
                        .containsExactly("b.test");
                assertThat(node.admin("GET", "/cluster/where?of=b.test")
                                .path("places")
                                .findValuesAsText("node"))
                        .hasSize(1);
            }
            assertThat(both.admin("GET", "/cluster").path("members").findValuesAsText("status"))
                    .containsExactly("up", "up", "up");
            WaveletName local = Page.create(carol, dave.user());
            Page.open(carol, local).type("c", 1);
            Page seen = Page.open(dave, local);
            seen.type("d", 1);
            seen.awaitQuiet();
            assertThat(ServedHistory.of(both, "dave", local)).isEqualTo(ServedHistory.of(edge, "dave", local));
            // A shard node leaves: its process would end, and others serve what it had.
            both.admin("POST", "/cluster/members/127.0.0.1:" + shardPort + "/leave");
            assertThat(two.stopped().get(60, TimeUnit.SECONDS)).isEqualTo(Ending.LEFT);
            assertThat(ServedHistory.of(edge, "dave", local)).isEqualTo(ServedHistory.of(both, "dave", local));
        }
    }

    private String member(int port, String roles) {
        return CassandraProcess.shared().storeConfiguration("clustered")
                + """
                wavegate.cluster {
                  port = %d
                  seed-nodes = ["127.0.0.1:%d"]
                  roles = [%s]
                  failure-detection = fast
                }
                wavegate.s2s.streams.dialback-secrets = ["the same on all nodes"]
                """
                        .formatted(port, seedPort, roles);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
