package io.wavegate.s2s.entity;

import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.s2s.netty.LoopbackGateway;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.wavelet.model.WaveletName;

/**
 * The other side of a {@link ClusterOfNodes}: b.test, one node on loopback. Each side tells the other what happens on a wavelet
 * of its own, on a connection of its own.
 */
final class PeerOfCluster implements AutoCloseable {
    private static final WaveletName OURS = new WaveletName("a.test", "w+1", "a.test", "conv+root");
    private static final WaveletName THEIRS = new WaveletName("b.test", "w+1", "b.test", "conv+root");

    final FakeWavelets wavelets;
    final LoopbackGateway sockets;
    private final TestNode node;

    PeerOfCluster(LoopbackGateway.Network network) {
        LoopbackGateway[] gateway = new LoopbackGateway[1];
        node = new TestNode(
                "b.test",
                new InMemoryJournal(),
                "wavegate.s2s.links { retry-base = 50ms, retry-max = 500ms, answer-timeout = 5s }",
                (receiver, hosts) -> {
                    gateway[0] = new LoopbackGateway(
                            network,
                            "b.test",
                            LoopbackGateway.settings(StreamPolicy.DEFAULT, "streams.extensions.bidi = false"),
                            receiver);
                    return gateway[0].streams;
                });
        sockets = gateway[0];
        wavelets = node.wavelets;
    }

    /** Begins to tell the peer what happens at a.test, by way of a node. */
    static Author authorAt(ClusterOfNodes.Node ours) {
        return new Author(() -> ours.links().remoteDomains(), "a.test", "b.test", OURS);
    }

    /** Begins to tell a.test what happens at the peer. */
    Author author() {
        return new Author(node::remoteDomains, "b.test", "a.test", THEIRS);
    }

    @Override
    public void close() {
        node.close();
    }
}
