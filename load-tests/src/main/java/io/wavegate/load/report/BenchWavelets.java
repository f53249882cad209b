package io.wavegate.load.report;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.cluster.settings.ClusterSettings;
import io.wavegate.persistence.Journals;
import io.wavegate.persistence.StoreSettings;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.s2s.entity.LinksSettings;
import io.wavegate.s2s.entity.S2sLinks;
import io.wavegate.wavelet.api.RemoteDomains;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.entity.LocalDomain;
import io.wavegate.wavelet.entity.WaveletShards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** The wavelets of one domain in this process, with a store and without federation. */
final class BenchWavelets implements AutoCloseable {
    private final ActorSystem<Void> system;
    private final Journal journal;
    private final Wavelets wavelets;
    private final BenchSigner signer;
    private final S2sLinks links;

    private BenchWavelets(
            ActorSystem<Void> system, Config config, Journal journal, Wavelets wavelets, BenchSigner signer) {
        this.system = system;
        this.links = S2sLinks.start(
                system,
                LinksSettings.from(config.getConfig("wavegate.s2s.links")),
                Set.of(signer.domain()),
                journal,
                () -> wavelets);
        this.journal = journal;
        this.wavelets = wavelets;
        this.signer = signer;
    }

    /**
     * Starts.
     *
     * @param store {@code memory}, {@code embedded}
     * @param sync whether the embedded store waits for the disk
     */
    static BenchWavelets start(String store, boolean sync) throws IOException, GeneralSecurityException {
        return start(store, sync, BenchSigner.of("bench.example"));
    }

    /** As above, for this domain. */
    static BenchWavelets start(String store, boolean sync, BenchSigner signer) throws IOException {
        Path folder = Files.createTempDirectory("wavegate-bench-store");
        return start(
                "wavegate.store.kind = " + store
                        + "\nwavegate.store.embedded.folder = \"" + folder.resolve("data")
                        + "\"\nwavegate.store.embedded.sync = " + sync,
                signer);
    }

    /** Starts with a store that is configured like this (HOCON). */
    static BenchWavelets start(String store, BenchSigner signer) {
        Config config = ConfigFactory.parseString("wavegate.wavelets.replica.new-per-minute = 1000000")
                .withFallback(ConfigFactory.parseString(store))
                .withFallback(ConfigFactory.load());
        Config resolved = ClusterSettings.from(config).over(config);
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), ClusterSettings.SYSTEM_NAME, resolved);
        Cluster cluster = Cluster.get(system);
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        Journal journal = Journals.open(StoreSettings.from(resolved));
        Supplier<RemoteDomains> alone = () -> {
            throw new IllegalStateException("nothing here asks other domains");
        };
        Wavelets wavelets = WaveletShards.start(
                system,
                resolved,
                journal,
                List.of(new LocalDomain(signer.domain(), signer.signer())),
                signer.trust(),
                alone);
        return new BenchWavelets(system, resolved, journal, wavelets, signer);
    }

    Wavelets wavelets() {
        return wavelets;
    }

    /** Links that nothing is dialled for: there is no edge. */
    S2sLinks links() {
        return links;
    }

    String domain() {
        return signer.domain();
    }

    @Override
    public void close() {
        system.terminate();
        try {
            system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the actor system does not end", e);
        }
        journal.close();
    }
}
