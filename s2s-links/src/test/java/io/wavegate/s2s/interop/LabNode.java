package io.wavegate.s2s.interop;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.s2s.entity.LinksSettings;
import io.wavegate.s2s.entity.S2sLinks;
import io.wavegate.s2s.lab.PeerLab;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.wavelet.api.RemoteDomains;
import io.wavegate.wavelet.api.Wavelets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** Our whole federation in the peer lab: links, stanzas, streams; only the wavelets are not there. */
final class LabNode implements AutoCloseable {
    private static final Config CLUSTER = ConfigFactory.parseString(
            """
            pekko.loglevel = WARNING
            pekko.stdout-loglevel = WARNING
            pekko.actor.provider = cluster
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            pekko.cluster.jmx.enabled = off
            pekko.coordinated-shutdown.exit-jvm = off
            pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
            """);
    private final ActorTestKit kit;
    private final S2sLinks links;

    LabNode(PeerLab lab, String domain, StreamPolicy.Authentication authentication) {
        this(domain, receiver -> {
            try {
                return LabEdge.start(lab, domain, authentication, lab.certificate(domain), receiver);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** With an edge of another lab. */
    LabNode(String domain, Function<StanzaReceiver, S2sStreams> edge) {
        Config config = CLUSTER.withFallback(ConfigFactory.load());
        kit = ActorTestKit.create("lab-node", config);
        Cluster cluster = Cluster.get(kit.system());
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        Wavelets nothing = (Wavelets) Proxy.newProxyInstance(
                Wavelets.class.getClassLoader(), new Class<?>[] {Wavelets.class}, (proxy, method, arguments) -> {
                    if (method.getReturnType() == void.class) {
                        return null;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
        links = S2sLinks.start(
                kit.system(),
                LinksSettings.from(config.getConfig("wavegate.s2s.links")),
                Set.of(domain),
                new InMemoryJournal(),
                () -> nothing);
        links.open(edge);
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
