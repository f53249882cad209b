package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.s2s.api.Meter;
import io.wavegate.s2s.netty.LoopbackGateway;
import io.wavegate.s2s.netty.NettyStreams;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.wavelet.model.WaveletName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * S3: the nodes that run links go one after the other, in order and without a word, while both sides talk; the sockets are on
 * a node that stays. Two connections carry all of it: one that we dialled and one that the peer dialled.
 */
final class ShardRestartTest {
    private static final WaveletName OURS = new WaveletName("a.test", "w+1", "a.test", "conv+root");
    private static final WaveletName THEIRS = new WaveletName("b.test", "w+1", "b.test", "conv+root");

    private ClusterOfNodes cluster;
    private LoopbackGateway peerSockets;
    private TestNode peer;

    @BeforeEach
    void start() {
        LoopbackGateway.Network network = new LoopbackGateway.Network();
        cluster = new ClusterOfNodes(network);
        peer = new TestNode(
                "b.test",
                new InMemoryJournal(),
                "wavegate.s2s.links { retry-base = 50ms, retry-max = 500ms, answer-timeout = 5s }",
                (receiver, hosts) -> {
                    peerSockets = new LoopbackGateway(
                            network,
                            "b.test",
                            LoopbackGateway.settings(StreamPolicy.DEFAULT, "streams.extensions.bidi = false"),
                            receiver);
                    return peerSockets.streams;
                });
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

    private static long sum(NettyStreams streams, String name) {
        return streams.meters().stream()
                .filter(meter -> meter.name().equals(name))
                .map(Meter::value)
                .mapToLong(LongSupplier::getAsLong)
                .sum();
    }

    @Test
    void noStreamEndsAndNothingIsLostThoughEveryNodeThatRunsLinksIsReplaced() throws Exception {
        ClusterOfNodes.Node edge = cluster.edge();
        ClusterOfNodes.Node first = cluster.shard();
        ClusterOfNodes.Node second = cluster.shard();
        NettyStreams ours = edge.sockets().orElseThrow().streams;
        NettyStreams theirs = peerSockets.streams;
        Author we = new Author(() -> edge.links().remoteDomains(), "a.test", "b.test", OURS);
        Author they = new Author(peer::remoteDomains, "b.test", "a.test", THEIRS);
        we.await(20);
        they.await(20);
        assertThat(sum(ours, "wavegate_s2s_connections")).isEqualTo(2);

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

        for (NettyStreams streams : List.of(ours, theirs)) {
            assertThat(sum(streams, "wavegate_s2s_connections")).isEqualTo(2);
            assertThat(sum(streams, "wavegate_s2s_streams_ended"))
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
