package io.wavegate.s2s.entity;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.wavelet.api.RemoteDomains;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** One node of one domain: a cluster of its own, links, and wavelets that take notes. */
final class TestNode implements AutoCloseable {
    private static final Config CLUSTER = ConfigFactory.parseString(
            """
            pekko.loglevel = WARNING
            pekko.stdout-loglevel = WARNING
            pekko.actor.provider = cluster
            # Everything that entities are told goes through bytes, as between nodes.
            pekko.actor.serialize-messages = on
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            pekko.cluster.jmx.enabled = off
            pekko.coordinated-shutdown.exit-jvm = off
            pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
            """);

    final FakeWavelets wavelets = new FakeWavelets();
    final S2sLinks links;
    final String domain;
    private final ActorTestKit kit;

    TestNode(String domain, FakeNetwork network) {
        this(domain, network, new InMemoryJournal(), "");
    }

    TestNode(String domain, FakeNetwork network, Journal journal, String settings) {
        this.domain = domain;
        Config config =
                ConfigFactory.parseString(settings).withFallback(CLUSTER).withFallback(ConfigFactory.load());
        kit = ActorTestKit.create("node-" + domain.replace('.', '-'), config);
        Cluster cluster = Cluster.get(kit.system());
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        links = S2sLinks.start(
                kit.system(),
                LinksSettings.from(config.getConfig("wavegate.s2s.links")),
                Set.of(domain),
                journal,
                () -> wavelets);
        links.open(receiver -> {
            network.attach(domain, receiver);
            return network.edge();
        });
    }

    RemoteDomains remoteDomains() {
        return links.remoteDomains();
    }

    @Override
    public void close() {
        links.close();
        kit.shutdownTestKit();
    }
}
