package io.wavegate.load.chaos;

import com.google.protobuf.ByteString;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.node.devca.DevelopmentCa.CertificateAndKey;
import io.wavegate.s2s.federation.DiscoCodec;
import io.wavegate.s2s.netty.NettyStreams;
import io.wavegate.s2s.netty.StreamsSettings;
import io.wavegate.s2s.resolve.Resolution;
import io.wavegate.s2s.resolve.Resolver;
import io.wavegate.s2s.resolve.Target;
import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stanza.IqType;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.stanza.Stanzas;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.tls.CertificateFiles;
import io.wavegate.s2s.tls.DomainCertificate;
import io.wavegate.s2s.tls.DomainCertificates;
import io.wavegate.s2s.tls.LoadedCertificate;
import io.wavegate.s2s.tls.PeerCertificateJudge;
import io.wavegate.s2s.tls.TlsIdentities;
import io.wavegate.s2s.tls.TlsSettings;
import io.wavegate.s2s.tls.TrustAnchors;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.trust.DeltaSigner;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A domain with a good certificate, real streams and bad intentions: it says what the test wants and hears the answers. */
final class HostileDomain implements AutoCloseable {
    static final String NAME = "hostile.test";
    private static final String VICTIM = "a.test";

    private final Lab lab;
    private final NettyStreams streams;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<String, CompletableFuture<XmlElement>> answers = new ConcurrentHashMap<>();
    private CompletableFuture<OutgoingStream> stream = new CompletableFuture<>();

    HostileDomain(Lab lab, int port, int victimPort) throws Exception {
        this.lab = lab;
        Config config = ConfigFactory.parseString("wavegate.s2s { listen = [\"127.0.0.1:" + port
                        + "\"], tls { system-anchors = false, trust-anchors = [\""
                        + lab.authority().anchor() + "\"] } }")
                .withFallback(ConfigFactory.load());
        TlsSettings tls = TlsSettings.from(config.getConfig("wavegate.s2s.tls"));
        TlsIdentities identities = new TlsIdentities(
                Set.of(NAME),
                new DomainCertificates(Map.of(NAME, certificate(NAME))),
                new PeerCertificateJudge(TrustAnchors.load(tls)),
                tls,
                Clock.systemUTC());
        Target victim = new Target(
                VICTIM, victimPort, List.of(FreePorts.loopback(victimPort).getAddress()));
        streams = NettyStreams.start(
                StreamsSettings.from(config.getConfig("wavegate.s2s")),
                identities,
                Resolver.of(domain -> new Resolution.Targets(List.of(victim), List.of())),
                this::received);
        connect();
    }

    /** Opens a stream, authenticated by its certificate. */
    void connect() {
        stream = streams.open(new DomainPair(NAME, VICTIM)).toCompletableFuture();
        stream.orTimeout(30, TimeUnit.SECONDS).join();
    }

    OutgoingStream stream() {
        return stream.join();
    }

    /** A signer with another domain's certificate, or with its own. */
    DeltaSigner signer(String claimed, String certified) throws Exception {
        DomainCertificate certificate = certificate(certified);
        List<ByteString> chain = new ArrayList<>();
        for (X509Certificate one : certificate.chain()) {
            chain.add(ByteString.copyFrom(one.getEncoded()));
        }
        return new DeltaSigner(new SignerInfo(SignerInfo.HashAlgorithm.SHA256, claimed, chain), certificate.key());
    }

    private DomainCertificate certificate(String domain) throws Exception {
        CertificateAndKey files = lab.authority().issue(domain);
        return ((LoadedCertificate.Usable)
                        CertificateFiles.load(List.of(domain), files.certificate(), files.key(), Instant.now()))
                .certificate();
    }

    /** Asks by an IQ of type {@code set}; the answer, whatever it is. */
    XmlElement ask(XmlElement payload) {
        return ask(IqType.SET, payload);
    }

    XmlElement ask(IqType type, XmlElement payload) {
        Addresses addresses = addresses();
        return send(addresses, Stanzas.request(type, addresses, payload));
    }

    /** Sends stanzas that have no answer. */
    void say(List<XmlElement> stanzas) {
        stream().send(stanzas).toCompletableFuture().join();
    }

    /** Sends a message that asks for a receipt; what comes back. */
    XmlElement tell(XmlElement event) {
        Addresses addresses = addresses();
        XmlElement receipt = XmlElement.builder(Namespaces.RECEIPTS, "request").build();
        return send(addresses, Stanzas.message(addresses, List.of(receipt, event)));
    }

    private Addresses addresses() {
        return new Addresses("h" + ids.incrementAndGet(), NAME, VICTIM);
    }

    private XmlElement send(Addresses addresses, XmlElement stanza) {
        CompletableFuture<XmlElement> answer = new CompletableFuture<>();
        answers.put(addresses.id(), answer);
        stream().send(List.of(stanza)).toCompletableFuture().join();
        return answer.orTimeout(40, TimeUnit.SECONDS).join();
    }

    private CompletionStage<Void> received(DomainPair pair, List<XmlElement> stanzas) {
        for (XmlElement stanza : stanzas) {
            if (stanza.attribute("type").filter("get"::equals).isPresent()) {
                answerDiscovery(stanza);
            } else {
                CompletableFuture<XmlElement> waiting =
                        answers.get(stanza.attribute("id").orElse(""));
                if (waiting != null) {
                    waiting.complete(stanza);
                }
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    // It is a wave server like any other, as far as anybody can see.
    private void answerDiscovery(XmlElement query) {
        boolean info = query.child(Namespaces.DISCO_INFO, "query").isPresent();
        XmlElement payload =
                info ? DiscoCodec.ownInfo(Optional.empty()) : DiscoCodec.ownItems(Optional.empty(), List.of());
        stream.thenCompose(
                open -> open.send(List.of(Stanzas.result(Addresses.of(query).reversed(), List.of(payload)))));
    }

    @Override
    public void close() {
        streams.close();
    }
}
