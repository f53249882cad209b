package io.wavegate.s2s.interop;

import io.wavegate.s2s.lab.PeerLab;
import io.wavegate.s2s.netty.NettyStreams;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.Xmlns;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Streams of ours in the peer lab, with nothing behind them. */
final class LabGateway implements AutoCloseable, StanzaReceiver {
    private final String domain;
    private final NettyStreams streams;
    private final List<XmlElement> arrived = new CopyOnWriteArrayList<>();

    LabGateway(PeerLab lab, String domain, StreamPolicy.Authentication authentication) throws IOException {
        this.domain = domain;
        streams = LabEdge.start(lab, domain, authentication, lab.certificate(domain), this);
    }

    private LabGateway(PeerLab lab, StreamPolicy.Authentication authentication, String domain) throws IOException {
        this.domain = domain;
        streams = LabEdge.startForDirectTls(lab, domain, authentication, this);
    }

    /** One that DNS knows for direct TLS (XEP-0368) alone. */
    static LabGateway forDirectTls(PeerLab lab, String domain, StreamPolicy.Authentication authentication)
            throws IOException {
        return new LabGateway(lab, authentication, domain);
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
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        streams.close();
    }
}
