package io.wavegate.s2s.interop;

import com.google.protobuf.ByteString;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.s2s.component.ComponentsSettings;
import io.wavegate.s2s.entity.LinksSettings;
import io.wavegate.s2s.entity.S2sLinks;
import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.lab.PeerLab;
import io.wavegate.s2s.netty.NettyComponents;
import io.wavegate.s2s.netty.StreamsSettings;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.entity.LocalDomain;
import io.wavegate.wavelet.entity.WaveletShards;
import io.wavegate.wavelet.trust.DeltaSigner;
import io.wavegate.wavelet.trust.TrustPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** A whole gateway in the peer lab but for its client API: wavelets, links, streams and components. */
final class FederatedNode implements AutoCloseable {
    private static final String SETTINGS =
            """
            pekko.loglevel = WARNING
            pekko.stdout-loglevel = WARNING
            pekko.actor.provider = cluster
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            pekko.cluster.jmx.enabled = off
            pekko.coordinated-shutdown.exit-jvm = off
            pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
            wavegate.s2s.links { answer-timeout = 10s, retry-base = 100ms, retry-max = 1s }
            wavegate.s2s.links.discovery { items-timeouts = [5s, 5s], items-jitter = 100ms, info-timeout = 5s, not-found-for = 1s }
            wavegate.s2s.components { retry-base = 100ms, retry-max = 500ms }
            wavegate.wavelets { delivery { retry-min = 200ms, retry-max = 1s }, replica { retry-min = 200ms, retry-max = 1s } }
            """;

    private final ActorTestKit kit;
    private final S2sLinks links;
    private final Wavelets wavelets;

    /** @param settings further content of {@code wavegate.s2s} */
    FederatedNode(PeerLab lab, String domain, String settings) throws IOException, GeneralSecurityException {
        this(lab, domain, 0, settings);
    }

    /** @param port where streams of other domains are accepted; 0 for any */
    FederatedNode(PeerLab lab, String domain, int port, String further) throws IOException, GeneralSecurityException {
        Config config = ConfigFactory.parseString("wavegate.s2s {" + further + "}")
                .withFallback(ConfigFactory.parseString(SETTINGS))
                .withFallback(ConfigFactory.load());
        kit = ActorTestKit.create("node-" + domain.replace('.', '-'), config);
        Cluster cluster = Cluster.get(kit.system());
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        InMemoryJournal journal = new InMemoryJournal();
        CompletableFuture<Wavelets> started = new CompletableFuture<>();
        Config s2s = config.getConfig("wavegate.s2s");
        ComponentsSettings settings = ComponentsSettings.from(s2s);
        links = S2sLinks.start(
                kit.system(),
                LinksSettings.from(s2s.getConfig("links")),
                Set.of(domain),
                settings,
                journal,
                started::join);
        wavelets = WaveletShards.start(
                kit.system(),
                config,
                journal,
                List.of(new LocalDomain(domain, signer(lab, domain))),
                TrustPolicy.of(List.of(lab.authority().leaf())),
                links::remoteDomains);
        started.complete(wavelets);
        Set<String> served = new TreeSet<>(settings.accept().keySet());
        if (settings.connect().isEmpty()) {
            served.addAll(Set.of(domain, "wave." + domain));
        }
        links.open(
                receiver -> {
                    try {
                        return LabEdge.start(
                                lab,
                                domain,
                                port,
                                served,
                                StreamPolicy.Authentication.CERTIFICATE_OR_DIALBACK,
                                lab.certificate(domain),
                                receiver);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                receiver -> NettyComponents.start(settings, StreamsSettings.from(s2s), receiver));
    }

    private static DeltaSigner signer(PeerLab lab, String domain) throws GeneralSecurityException {
        LabCertificate certificate = LabCertificate.request(domain)
                .dns(domain)
                .keys(LabCertificate.rsa(2048))
                .signedBy(lab.authority());
        List<ByteString> chain = new ArrayList<>();
        for (X509Certificate one : certificate.chain()) {
            chain.add(ByteString.copyFrom(one.getEncoded()));
        }
        return new DeltaSigner(new SignerInfo(SignerInfo.HashAlgorithm.SHA256, domain, chain), certificate.key());
    }

    Wavelets wavelets() {
        return wavelets;
    }

    @Override
    public void close() {
        links.close();
        kit.shutdownTestKit();
    }
}
