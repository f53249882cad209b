package io.wavegate.s2s.interop;

import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.lab.PeerLab;
import io.wavegate.s2s.netty.NettyStreams;
import io.wavegate.s2s.netty.StreamsSettings;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.s2s.tls.DomainCertificate;
import io.wavegate.s2s.tls.DomainCertificates;
import io.wavegate.s2s.tls.PeerCertificateJudge;
import io.wavegate.s2s.tls.TlsIdentities;
import io.wavegate.s2s.tls.TlsSettings;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.Xmlns;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.TrustAnchor;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Our edge in the peer lab, found by the real servers through SRV and finding them so. Answers every request with an empty
 * result, which is what a ping wants.
 */
final class LabGateway implements AutoCloseable, StanzaReceiver {
    private final String domain;
    private final NettyStreams streams;
    private final List<XmlElement> arrived = new CopyOnWriteArrayList<>();

    /** With a good certificate. */
    LabGateway(PeerLab lab, String domain, StreamPolicy.Authentication authentication) throws IOException {
        this(lab, domain, authentication, lab.certificate(domain));
    }

    LabGateway(PeerLab lab, String domain, StreamPolicy.Authentication authentication, LabCertificate certificate)
            throws IOException {
        this.domain = domain;
        TlsIdentities identities = new TlsIdentities(
                Set.of(domain),
                new DomainCertificates(Map.of(domain, new DomainCertificate(certificate.chain(), certificate.key()))),
                new PeerCertificateJudge(Set.of(new TrustAnchor(lab.authority().leaf(), null))),
                TlsSettings.from(ConfigFactory.load().getConfig("wavegate.s2s.tls")),
                Clock.systemUTC());
        StreamPolicy policy = new StreamPolicy(StreamPolicy.Tls.REQUIRED, authentication);
        streams = NettyStreams.start(settings(policy), identities, lab.resolver(), this);
        lab.publish(domain, streams.addresses().get(0).getPort());
    }

    private static StreamsSettings settings(StreamPolicy policy) {
        StreamsSettings defaults = StreamsSettings.from(ConfigFactory.load().getConfig("wavegate.s2s"));
        return new StreamsSettings(
                List.of(new InetSocketAddress("127.0.0.1", 0)),
                defaults.connectTimeout(),
                defaults.openTimeout(),
                defaults.writeTimeout(),
                defaults.keepalive(),
                defaults.timeouts(),
                defaults.limits(),
                defaults.inboundBytes(),
                defaults.connections(),
                defaults.connectionsPerAddress(),
                defaults.verifications(),
                defaults.dialbackSecrets(),
                remote -> policy);
    }

    CompletableFuture<OutgoingStream> open(String remote) {
        return streams.open(new DomainPair(domain, remote))
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS);
    }

    /** Sends a request with one empty child on the stream. */
    void ask(OutgoingStream stream, String id, String namespace, String child) {
        XmlElement iq = XmlElement.builder(Xmlns.SERVER, "iq")
                .attribute("type", "get")
                .attribute("id", id)
                .attribute("from", domain)
                .attribute("to", stream.pair().remote())
                .child(XmlElement.builder(namespace, child).build())
                .build();
        stream.send(List.of(iq)).toCompletableFuture().join();
    }

    /** Everything that came, in order. */
    List<XmlElement> arrived() {
        return arrived;
    }

    @Override
    public CompletionStage<Void> received(DomainPair pair, List<XmlElement> stanzas) {
        arrived.addAll(stanzas);
        for (XmlElement stanza : stanzas) {
            if (stanza.is(Xmlns.SERVER, "iq")
                    && stanza.attribute("type").orElse("").equals("get")) {
                answer(pair, stanza);
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    private void answer(DomainPair pair, XmlElement request) {
        XmlElement result = XmlElement.builder(Xmlns.SERVER, "iq")
                .attribute("type", "result")
                .attribute("id", request.attribute("id").orElse(""))
                .attribute("from", request.attribute("to").orElse(""))
                .attribute("to", request.attribute("from").orElse(""))
                .build();
        open(pair.remote()).thenAccept(stream -> stream.send(List.of(result)));
    }

    @Override
    public void close() {
        streams.close();
    }
}
