package io.wavegate.s2s.wave;

import com.google.protobuf.ByteString;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.s2s.entity.LinksSettings;
import io.wavegate.s2s.entity.S2sLinks;
import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.entity.LocalDomain;
import io.wavegate.wavelet.entity.WaveletShards;
import io.wavegate.wavelet.trust.DeltaSigner;
import io.wavegate.wavelet.trust.TrustPolicy;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** A whole node of one domain: real wavelets behind real links; only journal, network and clock are given to it. */
final class WaveNode implements AutoCloseable {
    private static final Config CONFIG = ConfigFactory.parseString(
            """
            pekko.loglevel = WARNING
            pekko.stdout-loglevel = WARNING
            pekko.actor.provider = cluster
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            pekko.cluster.jmx.enabled = off
            pekko.coordinated-shutdown.exit-jvm = off
            pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
            wavegate.wavelets { shards = 8 }
            wavegate.wavelets.delivery { retry-min = 100ms, retry-max = 500ms, settle-after = 100ms }
            wavegate.wavelets.replica { retry-min = 100ms, retry-max = 500ms }
            wavegate.s2s.links { answer-timeout = 3s, retry-base = 50ms, retry-max = 300ms }
            wavegate.s2s.links.discovery {
              items-timeouts = [1s, 1s], items-jitter = 1ms, info-timeout = 1s, not-found-for = 1s
            }
            """);

    private final ActorTestKit kit;
    private final S2sLinks links;
    private final CompletableFuture<Wavelets> wavelets = new CompletableFuture<>();

    /**
     * Starts it.
     *
     * @param edge makes streams, given who takes what comes in
     */
    WaveNode(
            LocalDomain domain,
            Function<StanzaReceiver, S2sStreams> edge,
            TrustPolicy trust,
            Journal journal,
            LongSupplier clock,
            String settings) {
        Config config = ConfigFactory.parseString(settings)
                .withFallback(CONFIG)
                .withFallback(ConfigFactory.load())
                .resolve();
        kit = ActorTestKit.create("wave-node", config);
        Cluster cluster = Cluster.get(kit.system());
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        links = S2sLinks.start(
                kit.system(),
                LinksSettings.from(config.getConfig("wavegate.s2s.links")),
                Set.of(domain.name()),
                journal,
                wavelets::join);
        wavelets.complete(WaveletShards.start(
                kit.system(), config, journal, List.of(domain), trust, links::remoteDomains, clock));
        links.open(edge);
    }

    Wavelets wavelets() {
        return wavelets.join();
    }

    S2sLinks links() {
        return links;
    }

    /** A domain of ours whose signer an authority vouches for. */
    static LocalDomain domain(String name, LabCertificate authority) {
        return new LocalDomain(name, signer(name, authority));
    }

    /** What the users of a domain sign with. */
    static DeltaSigner signer(String domain, LabCertificate authority) {
        LabCertificate certificate = LabCertificate.request(domain)
                .dns(domain)
                .keys(LabCertificate.rsa(2048))
                .signedBy(authority);
        try {
            List<ByteString> chain = new ArrayList<>();
            for (X509Certificate one : certificate.chain()) {
                chain.add(ByteString.copyFrom(one.getEncoded()));
            }
            SignerInfo info = new SignerInfo(SignerInfo.HashAlgorithm.SHA256, domain, chain);
            return new DeltaSigner(info, certificate.key());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        links.close();
        kit.shutdownTestKit();
    }
}
