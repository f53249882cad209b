package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.s2s.api.Meter;
import io.wavegate.s2s.netty.LoopbackGateway;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** S2 and S1: a node that owns sockets goes, in order or without a word, while both sides talk; there is another one. */
final class EdgeLeavesTest {
    private final LoopbackGateway.Network network = new LoopbackGateway.Network();
    private ClusterOfNodes cluster;
    private PeerOfCluster peer;
    private ClusterOfNodes.Node one;
    private ClusterOfNodes.Node other;
    private final Map<String, Long> endsBefore = new HashMap<>();
    private Author we;
    private Author they;

    @BeforeEach
    void start() {
        cluster = new ClusterOfNodes(network);
        peer = new PeerOfCluster(network);
        ClusterOfNodes.Node shard = cluster.shard();
        one = cluster.edge();
        other = cluster.edge();
        we = PeerOfCluster.authorAt(shard);
        we.await(5);
        if (dialledBy(one) == 0) {
            ClusterOfNodes.Node swapped = one;
            one = other;
            other = swapped;
        }
        // Both directions begin where somebody will go.
        network.put("a.test", one.sockets().orElseThrow().streams.addresses().get(0));
        other.sockets().orElseThrow().streams.closeAccepted(pair -> true);
        they = peer.author();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> one.sockets().orElseThrow().streams.accepted() == 1
                        && other.sockets().orElseThrow().streams.accepted() == 0);
        they.await(5);
        endsBefore.putAll(ends("out"));
        network.put("a.test", other.sockets().orElseThrow().streams.addresses().get(0));
    }

    @AfterEach
    void stop() throws InterruptedException {
        we.stop();
        they.stop();
        cluster.close();
        peer.close();
    }

    private static long dialledBy(ClusterOfNodes.Node node) {
        return connections(node) - node.sockets().orElseThrow().streams.accepted();
    }

    private static long connections(ClusterOfNodes.Node node) {
        return node.sockets().orElseThrow().sum("wavegate_s2s_connections");
    }

    /** Why connections have ended as the peer saw it, and how often, for those that either side dialled. */
    private Map<String, Long> ends(String direction) {
        return peer.sockets.streams.meters().stream()
                .filter(meter -> meter.name().equals("wavegate_s2s_streams_ended"))
                .filter(meter -> direction.equals(meter.labels().get("direction")))
                .filter(meter -> meter.value().getAsLong() > 0)
                .collect(Collectors.toMap(
                        (Meter meter) -> meter.labels().getOrDefault("reason", ""),
                        meter -> meter.value().getAsLong(),
                        Long::sum,
                        HashMap::new));
    }

    @Test
    void anEdgeThatLeavesHasItsStreamsReplacedFirstAndEndsThemInOrder() throws Exception {
        AtomicLong fewest = new AtomicLong(Long.MAX_VALUE);
        Thread observer = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                fewest.accumulateAndGet(peer.sockets.streams.accepted(), Math::min);
                Thread.onSpinWait();
            }
        });
        observer.start();
        cluster.leave(one);
        observer.interrupt();
        observer.join();
        we.await(5);
        they.await(5);
        assertThat(fewest.get()).as("never without a stream from us").isPositive();
        assertThat(ends("in")).as("of what we dialled").isEqualTo(Map.of("closed-by-remote", 1L));
        Map<String, Long> theirs = ends("out");
        endsBefore.forEach((reason, count) -> theirs.merge(reason, -count, Long::sum));
        theirs.values().removeIf(count -> count == 0);
        assertThat(theirs).as("of what the peer dialled").isEqualTo(Map.of("closed-by-remote", 1L));
        assertThat(connections(other)).isEqualTo(2);
        nothingIsLost();
    }

    private void nothingIsLost() throws InterruptedException {
        we.stop();
        they.stop();
        we.assertArrivedAt(peer.wavelets);
        they.assertArrivedAt(cluster.wavelets);
    }

    /** Its streams are not closed in order by links that have changed to another edge: those have done so before. */
    @Test
    void anEdgeThatWasGivenUpWaitsForNoLinkBeforeItEndsItsStreams() throws Exception {
        cluster.down(one);
        we.await(5);
        they.await(5);
        assertThat(ends("in")).isEqualTo(Map.of("remote-stream-error", 1L));
        nothingIsLost();
    }

    @Test
    void afterAnEdgeHasDiedItsLinksGoOnAtAnotherAndNothingIsLost() throws Exception {
        cluster.kill(one);
        we.await(5);
        they.await(5);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(connections(other)).isEqualTo(2));
        nothingIsLost();
    }
}
