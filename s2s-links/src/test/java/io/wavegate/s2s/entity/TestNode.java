package io.wavegate.s2s.entity;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.s2s.component.ComponentsSettings;
import io.wavegate.s2s.netty.NettyComponents;
import io.wavegate.s2s.netty.StreamsSettings;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.wavelet.api.RemoteDomains;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.jspecify.annotations.Nullable;

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
    private @Nullable NettyComponents components;

    TestNode(String domain, FakeNetwork network) {
        this(domain, network, new InMemoryJournal(), "");
    }

    /** Where components connect. */
    int componentPort() {
        return Objects.requireNonNull(components).addresses().get(0).getPort();
    }

    /** Settings of components are under {@code wavegate.s2s.components}. */
    TestNode(String domain, FakeNetwork network, Journal journal, String settings) {
        this(domain, journal, settings, (receiver, hosts) -> {
            network.attach(domain, receiver);
            hosts.forEach(host -> network.attach(host, receiver));
            return network.edge();
        });
    }

    /** @param edge made of who takes what arrives, and the names of our components */
    TestNode(
            String domain, Journal journal, String settings, BiFunction<StanzaReceiver, Set<String>, S2sStreams> edge) {
        this.domain = domain;
        Config config =
                ConfigFactory.parseString(settings).withFallback(CLUSTER).withFallback(ConfigFactory.load());
        kit = ActorTestKit.create("node-" + domain.replace('.', '-'), config);
        Cluster cluster = Cluster.get(kit.system());
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        ComponentsSettings settingsOfComponents = TestComponents.settings(config.getConfig("wavegate.s2s"));
        links = S2sLinks.start(
                kit.system(),
                LinksSettings.from(config.getConfig("wavegate.s2s.links")),
                Set.of(domain),
                settingsOfComponents,
                journal,
                () -> wavelets);
        links.open(
                receiver -> edge.apply(receiver, settingsOfComponents.accept().keySet()), receiver -> {
                    components = NettyComponents.start(
                            settingsOfComponents, StreamsSettings.from(config.getConfig("wavegate.s2s")), receiver);
                    return components;
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
