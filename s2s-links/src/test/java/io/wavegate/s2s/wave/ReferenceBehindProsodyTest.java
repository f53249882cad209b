package io.wavegate.s2s.wave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.persistence.journal.StreamId;
import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.s2s.Xml;
import io.wavegate.s2s.interop.LabEdge;
import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.lab.LabComponent;
import io.wavegate.s2s.lab.PeerLab;
import io.wavegate.s2s.lab.PeerServer;
import io.wavegate.s2s.lab.Peers;
import io.wavegate.s2s.lab.Prosody;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.trust.TrustPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As Apache Wave is run: a component behind a real Prosody, our node beside it, TLS and certificates between them. */
final class ReferenceBehindProsodyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String OURS = "gateway.example";
    private static final String THEIRS = "prosody.example";
    private static final ParticipantId OLGA = new ParticipantId("olga@" + OURS);
    private static final ParticipantId THEO = new ParticipantId("theo@" + THEIRS);

    @TempDir
    Path folder;

    private final LabCertificate authority = LabCertificate.request("Test authority")
            .authority()
            .keys(LabCertificate.rsa(2048))
            .selfSigned();
    private final InMemoryJournal journal = new InMemoryJournal();
    private final AtomicReference<LabComponent> component = new AtomicReference<>();
    private final ReferencePeer peer = new ReferencePeer(THEIRS, WaveNode.signer(THEIRS, authority), this::send);

    private void send(XmlElement stanza) {
        try {
            component.get().send(Xml.text(stanza));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean take(String stanza) {
        boolean asksWhatItIs = stanza.contains(Namespaces.DISCO_INFO) && stanza.contains("get");
        if (!asksWhatItIs) {
            peer.received(Xml.stanza(stanza));
        }
        return !asksWhatItIs;
    }

    @Test
    void bothSidesHostAndFollowAndSurviveAComponentThatLosesItsVoice() throws Exception {
        Peers.need("prosody", "prosody");
        try (PeerLab lab = new PeerLab(folder);
                PeerServer prosody = Prosody.start(lab, THEIRS, PeerServer.Authentication.EXTERNAL);
                WaveNode node = node(lab)) {
            component.set(LabComponent.behind(prosody, this::take));
            WaveletName theirs = new WaveletName(THEIRS, "w+theirs", THEIRS, "conv+root");
            peer.host().write(theirs, THEO, Together.add(THEO));
            peer.host().write(theirs, THEO, Together.write("b+1"));
            peer.host().write(theirs, THEO, Together.add(OLGA));
            awaitFollowed(theirs);
            submit(node, theirs, peer.host().head(theirs), Together.write("b+2"));
            awaitFollowed(theirs);

            WaveletName ours = new WaveletName(OURS, "w+ours", OURS, "conv+root");
            HashedVersion head = submit(node, ours, HashChain.zero(ours), Together.add(OLGA));
            head = submit(node, ours, head, Together.write("b+1"));
            head = submit(node, ours, head, Together.add(THEO));
            awaitTold(ours, head);

            // Its connection breaks and is made again: now it hears, and cannot speak (spec 9.6).
            component.get().close();
            peer.mute(true);
            component.set(LabComponent.behind(prosody, this::take));
            head = submit(node, ours, head, Together.write("b+2"));
            HashedVersion last = head;
            await().atMost(PATIENCE).until(() -> peer.replica().head(ours).equals(last));
            peer.restart();
            head = submit(node, ours, head, Together.write("b+3"));
            awaitTold(ours, head);
            peer.host().write(theirs, THEO, Together.write("b+3"));
            awaitFollowed(theirs);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    private WaveNode node(PeerLab lab) {
        return new WaveNode(
                WaveNode.domain(OURS, authority),
                receiver -> {
                    try {
                        return LabEdge.start(
                                lab, OURS, StreamPolicy.Authentication.CERTIFICATE, lab.certificate(OURS), receiver);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                TrustPolicy.of(List.of(authority.leaf())),
                journal,
                System::currentTimeMillis,
                "wavegate.s2s.links.answer-timeout = 10s\nwavegate.s2s.links.discovery.items-timeouts = [10s]");
    }

    private static HashedVersion submit(
            WaveNode node, WaveletName wavelet, HashedVersion target, WaveletOperation operation) throws Exception {
        WaveletDelta delta = new WaveletDelta(target, OLGA, List.of(operation), List.of());
        SubmitResult result =
                node.wavelets().submit(wavelet, delta).toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(result).isInstanceOf(SubmitResult.Applied.class);
        return ((SubmitResult.Applied) result).version();
    }

    private void awaitFollowed(WaveletName wavelet) {
        StreamId stream = new StreamId("replica", wavelet.toUri());
        await().atMost(PATIENCE).until(() -> StoredWavelet.read(journal, stream)
                .equals(peer.host().history(wavelet)));
    }

    private void awaitTold(WaveletName wavelet, HashedVersion head) throws Exception {
        await().atMost(PATIENCE).until(() -> peer.replica().head(wavelet).equals(head));
        assertThat(peer.replica().history(wavelet))
                .isEqualTo(StoredWavelet.read(journal, new StreamId("hosted", wavelet.toUri())));
    }
}
