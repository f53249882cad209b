package io.wavegate.wavelet.entity;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.wavelet.api.RemoteDomains;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.placement.ShardedPlacement;
import io.wavegate.wavelet.placement.SteadyClock;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** A node of one domain in this JVM: a cluster of one, with the wavelets and whatever journal and remotes it is given. */
final class WaveletNode implements AutoCloseable {
    private static final Config CONFIG = ConfigFactory.parseString(
            """
            pekko.loglevel = WARNING
            pekko.actor.provider = cluster
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            pekko.cluster.jmx.multi-mbeans-in-same-jvm = on
            pekko.cluster.min-nr-of-members = 1
            pekko.coordinated-shutdown.exit-jvm = off
            pekko.cluster.downing-provider-class = ""
            pekko.cluster.shutdown-after-unsuccessful-join-seed-nodes = off
            wavegate.wavelets { ask-timeout = 8s, shards = 8 }
            wavegate.wavelets.lifecycle { reload-min = 20ms, reload-max = 100ms }
            # No link is there that would say that a domain is back: what is lost is lost on the way, so tries never end.
            wavegate.wavelets.delivery { retry-min = 50ms, retry-max = 200ms, retries = 1000, settle-after = 100ms }
            wavegate.wavelets.replica { retry-min = 50ms, retry-max = 200ms }
            """);

    private final ActorTestKit kit;
    private final Wavelets wavelets;

    WaveletNode(LocalDomain domain, Journal journal, Supplier<RemoteDomains> remotes) {
        this(domain, journal, remotes, "");
    }

    WaveletNode(LocalDomain domain, Journal journal, Supplier<RemoteDomains> remotes, String settings) {
        this(domain, journal, remotes, settings, System::currentTimeMillis);
    }

    /** @param clock the machine's, milliseconds since the epoch */
    WaveletNode(
            LocalDomain domain, Journal journal, Supplier<RemoteDomains> remotes, String settings, LongSupplier clock) {
        Config config = ConfigFactory.parseString(settings)
                .withFallback(CONFIG)
                .withFallback(ConfigFactory.load())
                .resolve();
        kit = ActorTestKit.create("node-" + domain.name().replace('.', '-'), config);
        Cluster cluster = Cluster.get(kit.system());
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        Surroundings around = new Surroundings(
                new ShardedPlacement(kit.system()),
                Optional.empty(),
                kit.system().dispatchers().lookup(DispatcherSelector.defaultDispatcher()),
                clock,
                SteadyClock.begin());
        wavelets = WaveletShards.start(
                kit.system(),
                WaveletSettings.from(config),
                journal,
                List.of(domain),
                () -> TestDomains.TRUST,
                remotes,
                around);
        // What the links do when a node has started: they look for everybody who is behind.
        for (String set : TestWavelet.get(journal.sets(SetNames.BEHIND, "", 1_000))) {
            String[] pair = set.substring(SetNames.BEHIND.length()).split("/", 2);
            wavelets.remoteDomainReachable(pair[0], pair[1]);
        }
    }

    Wavelets wavelets() {
        return wavelets;
    }

    /** Stops a wavelet as sharding does when its shard moves. */
    void stop(WaveletName wavelet) {
        ClusterSharding.get(kit.system())
                .entityRefFor(EntityAsk.KEY, wavelet.toUri())
                .tell(new WaveletCommand.Stop());
    }

    /** How many wavelets it has in memory. */
    int runs() {
        return ActiveWavelets.count(kit.system());
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }
}
