package io.wavegate.s2s.matrix;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.lab.CertificateKind;
import io.wavegate.s2s.lab.LabAuthorities;
import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.netty.NettyStreams;
import io.wavegate.s2s.netty.StreamsSettings;
import io.wavegate.s2s.resolve.Resolver;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import io.wavegate.s2s.tls.DomainCertificate;
import io.wavegate.s2s.tls.DomainCertificates;
import io.wavegate.s2s.tls.PeerCertificateJudge;
import io.wavegate.s2s.tls.TlsIdentities;
import io.wavegate.s2s.tls.TlsSettings;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.Xmlns;
import java.net.InetSocketAddress;
import java.security.cert.TrustAnchor;
import java.time.Clock;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One edge of ours with a domain for each kind of certificate, and a policy for each remote domain, by configuration alone.
 */
final class MatrixGateway implements AutoCloseable, StanzaReceiver {
    private final NettyStreams streams;
    private final Map<CertificateKind, Optional<LabCertificate>> certificates = new EnumMap<>(CertificateKind.class);
    private final Map<DomainPair, CompletableFuture<Void>> arrived = new ConcurrentHashMap<>();

    /** @param policies for remote domains; who is not there gets what the reference configuration says */
    MatrixGateway(LabAuthorities authorities, Map<String, OurPolicy> policies, Resolver resolver) {
        Set<String> domains = new LinkedHashSet<>();
        Map<String, DomainCertificate> own = new LinkedHashMap<>();
        for (CertificateKind kind : CertificateKind.values()) {
            String domain = domain(kind);
            Optional<LabCertificate> certificate = kind.make(authorities, domain);
            domains.add(domain);
            certificates.put(kind, certificate);
            certificate.ifPresent(made -> own.put(domain, new DomainCertificate(made.chain(), made.key())));
        }
        Config config = ConfigFactory.parseString(settings(policies))
                .withFallback(ConfigFactory.load().getConfig("wavegate.s2s"));
        TlsIdentities identities = new TlsIdentities(
                domains,
                new DomainCertificates(own),
                new PeerCertificateJudge(
                        Set.of(new TrustAnchor(authorities.root().leaf(), null))),
                TlsSettings.from(config.getConfig("tls")),
                Clock.systemUTC());
        streams = NettyStreams.start(StreamsSettings.from(config), identities, resolver, this);
    }

    /** Our domain with this kind of certificate; the one without has to stay out of the wildcard's reach. */
    static String domain(CertificateKind kind) {
        return kind.label() + (kind == CertificateKind.NONE ? ".bare.example" : ".gw.example");
    }

    private static String settings(Map<String, OurPolicy> policies) {
        StringBuilder text = new StringBuilder(
                """
                listen = ["127.0.0.1:0"]
                listen-direct-tls = []
                streams.limits {
                  connections-per-address = 10000, attempts-per-minute-per-address = 60000
                  verifications = 10000, verifications-per-address = 1000
                }
                streams.policies {
                """);
        policies.forEach((domain, policy) -> {
            if (!policy.equals(OurPolicy.DEFAULT)) {
                text.append('"')
                        .append(domain)
                        .append("\" { ")
                        .append(policy.setting())
                        .append(" }\n");
            }
        });
        return text.append('}').toString();
    }

    InetSocketAddress address() {
        return streams.addresses().get(0);
    }

    Optional<LabCertificate> certificate(CertificateKind kind) {
        return certificates.get(kind);
    }

    /** Completes when a stanza has come. */
    CompletableFuture<Void> arrived(String from, String to) {
        return arrived.computeIfAbsent(new DomainPair(to, from), pair -> new CompletableFuture<>());
    }

    /** Opens a stream, sends a stanza, closes the stream; why there was no stream, if there was none. */
    Optional<StreamEnd> send(String from, String to) {
        try {
            OutgoingStream stream =
                    streams.open(new DomainPair(from, to)).toCompletableFuture().join();
            XmlElement message = XmlElement.builder(Xmlns.SERVER, "message")
                    .attribute("from", from)
                    .attribute("to", to)
                    .child(XmlElement.builder(Xmlns.SERVER, "body").text("out").build())
                    .build();
            stream.send(List.of(message)).toCompletableFuture().join();
            stream.close();
            return Optional.empty();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StreamEndedException ended) {
                return Optional.of(ended.end());
            }
            throw e;
        }
    }

    @Override
    public CompletionStage<Void> received(DomainPair pair, List<XmlElement> stanzas) {
        arrived(pair.remote(), pair.local()).complete(null);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        streams.close();
    }
}
