package io.wavegate.wavelet.entity;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.wavelet.api.Wavelets;
import java.util.List;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.Leave;
import org.apache.pekko.remote.RemoteActorRefProvider;
import org.apache.pekko.remote.transport.ThrottlerTransportAdapter;
import org.apache.pekko.remote.transport.ThrottlerTransportAdapter.SetThrottle;

/** One of several nodes of a.test in this JVM, on one journal; its network can be cut. */
final class ClusterNode implements AutoCloseable {
    /** Downs nobody, not even itself. */
    static final String ZOMBIE =
            """
            pekko.cluster.downing-provider-class = ""
            wavegate.wavelets.ask-timeout = 2s
            """;

    private static final Config CONFIG = ConfigFactory.parseString(
            """
            pekko.loglevel = WARNING
            pekko.actor.provider = cluster
            pekko.remote.artery {
              canonical { hostname = "127.0.0.1", port = 0 }
              propagate-harmless-quarantine-events = off
              advanced { test-mode = on, maximum-frame-size = 4 MiB }
            }
            pekko.cluster {
              downing-provider-class = "org.apache.pekko.cluster.sbr.SplitBrainResolverProvider"
              jmx.multi-mbeans-in-same-jvm = on
              min-nr-of-members = 1
              gossip-interval = 100ms
              leader-actions-interval = 100ms
              unreachable-nodes-reaper-interval = 200ms
              failure-detector { heartbeat-interval = 200ms, acceptable-heartbeat-pause = 2s, expected-response-after = 200ms }
              split-brain-resolver.stable-after = 1s
              down-removal-margin = 500ms
              shutdown-after-unsuccessful-join-seed-nodes = off
              sharding {
                retry-interval = 200ms
                rebalance-interval = 500ms
                least-shard-allocation-strategy.rebalance-absolute-limit = 20
                distributed-data.durable.keys = []
              }
            }
            pekko.coordinated-shutdown { exit-jvm = off, run-by-jvm-shutdown-hook = off, run-by-actor-system-terminate = off }
            wavegate.wavelets { ask-timeout = 20s, shards = 24 }
            wavegate.wavelets.lifecycle { reload-min = 20ms, reload-max = 100ms }
            """);

    private final ActorTestKit kit;
    private final Wavelets wavelets;

    ClusterNode(Journal journal, String settings) {
        Config config = ConfigFactory.parseString(settings)
                .withFallback(CONFIG)
                .withFallback(ConfigFactory.load())
                .resolve();
        kit = ActorTestKit.create("several", config);
        wavelets = WaveletShards.start(kit.system(), config, journal, List.of(TestDomains.A), TestDomains.TRUST, () -> {
            throw new AssertionError("nobody remote is on these wavelets");
        });
    }

    /** Joins the cluster of a node, or its own. */
    void join(ClusterNode first) {
        cluster().manager().tell(Join.create(first.address()));
    }

    Address address() {
        return cluster().selfMember().address();
    }

    private Cluster cluster() {
        return Cluster.get(kit.system());
    }

    /** How many members it sees up, itself among them. */
    long members() {
        long up = 0;
        for (var member : cluster().state().getMembers()) {
            up += member.status().equals(MemberStatus.up()) ? 1 : 0;
        }
        return up;
    }

    Wavelets wavelets() {
        return wavelets;
    }

    /** How many wavelets it has in memory. */
    int runs() {
        return ActiveWavelets.count(kit.system());
    }

    /** Leaves in order; shards are handed over. */
    void leave() {
        cluster().manager().tell(Leave.create(address()));
    }

    /** From now on nothing passes between it and another one. */
    void cutFrom(ClusterNode other) {
        ExtendedActorSystem system = (ExtendedActorSystem) Adapter.toClassic(kit.system());
        var transport = ((RemoteActorRefProvider) system.provider()).transport();
        transport.managementCommand(new SetThrottle(
                other.address(),
                ThrottlerTransportAdapter.bothDirection(),
                ThrottlerTransportAdapter.blackholeThrottleMode()));
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }
}
