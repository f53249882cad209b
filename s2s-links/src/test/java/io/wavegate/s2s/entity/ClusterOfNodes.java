package io.wavegate.s2s.entity;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.s2s.component.ComponentsSettings;
import io.wavegate.s2s.netty.LoopbackGateway;
import io.wavegate.s2s.netty.NettyComponents;
import io.wavegate.s2s.netty.StreamsSettings;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.stream.StreamPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.Leave;
import org.apache.pekko.remote.RARP;
import org.apache.pekko.remote.transport.ThrottlerTransportAdapter;
import org.awaitility.Awaitility;

/** The nodes of one gateway, a.test, in one JVM: some own sockets, some run links; the wavelets are the same for all. */
final class ClusterOfNodes implements AutoCloseable {
    private static final String CONFIG =
            """
            pekko.loglevel = WARNING
            pekko.stdout-loglevel = WARNING
            pekko.actor.provider = cluster
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            pekko.remote.artery.advanced.test-mode = on
            pekko.cluster {
              jmx.enabled = off
              downing-provider-class = "org.apache.pekko.cluster.sbr.SplitBrainResolverProvider"
              split-brain-resolver.stable-after = 1s
              down-removal-margin = 500ms
              gossip-interval = 200ms
              leader-actions-interval = 200ms
              unreachable-nodes-reaper-interval = 200ms
              failure-detector { heartbeat-interval = 300ms, acceptable-heartbeat-pause = 3s }
              sharding { role = "shard", retry-interval = 500ms, rebalance-interval = 2s, number-of-shards = 10 }
              sharding.distributed-data.durable.keys = []
            }
            pekko.coordinated-shutdown {
              # As wavegate.cluster.shutdown-timeout by default: longer than an edge takes to leave.
              default-phase-timeout = 10s
              exit-jvm = off
              run-by-jvm-shutdown-hook = off
              run-by-actor-system-terminate = off
            }
            pekko.cluster.run-coordinated-shutdown-when-down = off
            wavegate.s2s.links { retry-base = 50ms, retry-max = 500ms, answer-timeout = 5s, settle = 500ms }
            wavegate.s2s.links.discovery { items-timeouts = [2s, 2s], items-jitter = 50ms, info-timeout = 2s, not-found-for = 1s }
            wavegate.s2s.links.edge { resend-after = 200ms, resend-most = 1s, redial-within = 300ms }
            """;

    final LoopbackGateway.Network network;
    final FakeWavelets wavelets = new FakeWavelets();
    private final ComponentsSettings components;
    final InMemoryJournal journal = new InMemoryJournal();
    private final List<Node> nodes = new CopyOnWriteArrayList<>();

    ClusterOfNodes(LoopbackGateway.Network network) {
        this.network = network;
        this.components = ComponentsSettings.NONE;
    }

    /** @param components below {@code wavegate.s2s} */
    ClusterOfNodes(String components) {
        this.network = new LoopbackGateway.Network();
        this.components = TestComponents.settings(ConfigFactory.parseString(components)
                .withFallback(ConfigFactory.load().getConfig("wavegate.s2s")));
    }

    /** A node; what is not there it does not have. */
    record Node(
            ActorTestKit kit, S2sLinks links, Optional<LoopbackGateway> sockets, Optional<NettyComponents> components) {
        Cluster cluster() {
            return Cluster.get(kit.system());
        }

        /** Where components connect. */
        int componentPort() {
            return components.orElseThrow().addresses().get(0).getPort();
        }

        Address address() {
            return cluster().selfMember().address();
        }
    }

    /** One that owns sockets and runs nothing. */
    Node edge() {
        return edge("", receiver -> receiver);
    }

    /**
     * The same.
     *
     * @param settings below {@code wavegate.s2s}
     * @param around what comes to its sockets goes there
     */
    Node edge(String settings, UnaryOperator<StanzaReceiver> around) {
        LoopbackGateway[] gateway = new LoopbackGateway[1];
        Node node = start("edge", receiver -> {
            gateway[0] = new LoopbackGateway(
                    network,
                    "a.test",
                    LoopbackGateway.settings(StreamPolicy.DEFAULT, "streams.extensions.bidi = false\n" + settings),
                    around.apply(receiver));
            return gateway[0].streams;
        });
        return new Node(node.kit(), node.links(), Optional.of(gateway[0]), Optional.empty());
    }

    /** One that owns sockets, and accepts components; its streams are in a network that is none. */
    Node edge(FakeNetwork streams) {
        return start("edge", receiver -> {
            streams.attach("a.test", receiver);
            components.accept().keySet().forEach(host -> streams.attach(host, receiver));
            return streams.edge(receiver);
        });
    }

    /** One that runs links and owns no sockets. */
    Node shard() {
        return start("shard", null);
    }

    private Node start(String role, @org.jspecify.annotations.Nullable Function<StanzaReceiver, S2sStreams> sockets) {
        Config config = ConfigFactory.parseString("pekko.cluster.roles = [" + role + "]")
                .withFallback(ConfigFactory.parseString(CONFIG))
                .withFallback(ConfigFactory.load());
        ActorTestKit kit = ActorTestKit.create("gateway", config);
        Cluster cluster = Cluster.get(kit.system());
        Address first =
                nodes.isEmpty() ? cluster.selfMember().address() : nodes.get(0).address();
        cluster.manager().tell(Join.create(first));
        S2sLinks links = S2sLinks.start(
                kit.system(),
                LinksSettings.from(config.getConfig("wavegate.s2s.links")).withIdSecrets(List.of("known to all nodes")),
                Set.of("a.test"),
                components,
                journal,
                () -> wavelets);
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> cluster.selfMember().status().equals(MemberStatus.up()));
        NettyComponents[] accepting = new NettyComponents[1];
        if (sockets == null) {
            links.openWithoutEdge(receiver -> new FakeNetwork().edge());
        } else if (components.isOff()) {
            links.open(sockets);
        } else {
            links.open(sockets, receiver -> {
                accepting[0] = NettyComponents.start(
                        components, StreamsSettings.from(config.getConfig("wavegate.s2s")), receiver);
                return accepting[0];
            });
        }
        Node node = new Node(kit, links, Optional.empty(), Optional.ofNullable(accepting[0]));
        nodes.add(node);
        return node;
    }

    /** It hands over what it runs and goes. */
    void leave(Node node) {
        node.cluster().manager().tell(Leave.create(node.address()));
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> node.cluster()
                .isTerminated());
        stop(node);
    }

    /** It ends as one that the others have given up. */
    void down(Node node) {
        CoordinatedShutdown.get(node.kit().system())
                .runAll(CoordinatedShutdown.clusterDowningReason())
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        stop(node);
    }

    /** From one moment to the next nobody hears of it any more, nor it of anybody. */
    void kill(Node node) {
        cut(node);
        node.sockets().ifPresent(sockets -> sockets.streams.close());
        node.components().ifPresent(NettyComponents::close);
        nodes.removeIf(known -> known.kit() == node.kit());
        node.kit().shutdownTestKit();
    }

    private void cut(Node node) {
        for (Node other : nodes) {
            if (!other.address().equals(node.address())) {
                cut(node, other);
                cut(other, node);
            }
        }
    }

    private static void cut(Node node, Node from) {
        RARP remoting = (RARP) RARP.get(Adapter.toClassic(node.kit().system()));
        remoting.provider()
                .transport()
                .managementCommand(new ThrottlerTransportAdapter.SetThrottle(
                        from.address(),
                        ThrottlerTransportAdapter.bothDirection(),
                        ThrottlerTransportAdapter.blackholeThrottleMode()));
    }

    private void stop(Node node) {
        nodes.removeIf(known -> known.kit() == node.kit());
        node.links().close();
        node.kit().shutdownTestKit();
    }

    @Override
    public void close() {
        List.copyOf(nodes).parallelStream().forEach(this::stop);
    }
}
