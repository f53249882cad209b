package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.s2s.netty.LoopbackGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * S3: the nodes that run links go one after the other, in order and without a word, while both sides talk; the sockets are on
 * a node that stays. Two connections carry all of it: one that we dialled and one that the peer dialled.
 */
final class ShardRestartTest {
    private ClusterOfNodes cluster;
    private PeerOfCluster peer;

    @BeforeEach
    void start() {
        LoopbackGateway.Network network = new LoopbackGateway.Network();
        cluster = new ClusterOfNodes(network);
        peer = new PeerOfCluster(network);
    }

    @AfterEach
    void stop() {
        cluster.close();
        peer.close();
    }

    private static List<String> arrived(FakeWavelets wavelets, int count) {
        List<String> firsts = new ArrayList<>();
        for (String call : new LinkedHashSet<>(wavelets.calls)) {
            if (call.startsWith("update ")) {
                firsts.add(call.substring(call.indexOf('[') + 1, call.indexOf(']')));
            }
        }
        return firsts.subList(0, Math.min(count, firsts.size()));
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "d" + i).toList();
    }

    @Test
    void noStreamEndsAndNothingIsLostThoughEveryNodeThatRunsLinksIsReplaced() throws Exception {
        ClusterOfNodes.Node edge = cluster.edge();
        ClusterOfNodes.Node first = cluster.shard();
        ClusterOfNodes.Node second = cluster.shard();
        LoopbackGateway ours = edge.sockets().orElseThrow();
        Author we = PeerOfCluster.authorAt(edge);
        Author they = peer.author();
        we.await(20);
        they.await(20);
        assertThat(ours.sum("wavegate_s2s_connections")).isEqualTo(2);

        cluster.leave(first);
        we.await(20);
        they.await(20);
        ClusterOfNodes.Node third = cluster.shard();
        cluster.kill(second);
        we.await(20);
        they.await(20);
        assertThat(third.links().links().toCompletableFuture().join())
                .as("the link is here now")
                .isNotEmpty();

        for (LoopbackGateway side : List.of(ours, peer.sockets)) {
            assertThat(side.sum("wavegate_s2s_connections")).isEqualTo(2);
            assertThat(side.sum("wavegate_s2s_streams_ended"))
                    .as("connections that ended")
                    .isZero();
        }
        we.stop();
        they.stop();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(arrived(peer.wavelets, we.done.get()))
                .isEqualTo(numbered(we.done.get())));
        assertThat(arrived(cluster.wavelets, they.done.get())).isEqualTo(numbered(they.done.get()));
    }
}
