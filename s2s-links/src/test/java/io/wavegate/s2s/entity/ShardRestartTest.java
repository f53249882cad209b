package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.netty.LoopbackGateway;
import java.util.List;
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
        we.assertArrivedAt(peer.wavelets);
        they.assertArrivedAt(cluster.wavelets);
    }
}
