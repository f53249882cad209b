package io.wavegate.s2s.wave;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.StreamId;
import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.s2s.Xml;
import io.wavegate.s2s.entity.FakeNetwork;
import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.WaveletView;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.trust.TrustPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A node of ours and a server with the ways of the reference, on one network. */
final class Together implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final ParticipantId OUR_USER = new ParticipantId("olga@ours.test");
    static final ParticipantId THEIR_USER = new ParticipantId("theo@theirs.test");

    private final FakeNetwork network = new FakeNetwork();
    private final InMemoryJournal journal = new InMemoryJournal();
    private final NetworkPeer server;
    private final ReferencePeer peer;
    private final WaveNode node;

    Together() {
        this("");
    }

    Together(String settings) {
        LabCertificate authority = LabCertificate.request("Test authority")
                .authority()
                .keys(LabCertificate.rsa(2048))
                .selfSigned();
        server = new NetworkPeer(network, "theirs.test", List.of("conference.theirs.test", "wave.theirs.test"));
        peer = new ReferencePeer("theirs.test", WaveNode.signer("theirs.test", authority), server::send);
        server.onWave(peer::received);
        node = new WaveNode(
                WaveNode.domain("ours.test", authority),
                receiver -> {
                    network.attach("ours.test", receiver);
                    network.attach("wave.ours.test", receiver);
                    return network.edge();
                },
                TrustPolicy.of(List.of(authority.leaf())),
                journal,
                System::currentTimeMillis,
                settings);
    }

    FakeNetwork network() {
        return network;
    }

    NetworkPeer server() {
        return server;
    }

    ReferencePeer peer() {
        return peer;
    }

    WaveNode node() {
        return node;
    }

    /** The reference loses its connection and has it again, and says nothing any more; or is started again. */
    void muteAfterReconnect(boolean mute) {
        server.answersDisco(!mute);
        if (mute) {
            network.cut(server.wave());
            network.mend(server.wave());
            peer.mute(true);
        } else {
            peer.restart();
        }
    }

    static WaveletName theirWavelet(String id) {
        return new WaveletName("theirs.test", "w+" + id, "theirs.test", "conv+root");
    }

    static WaveletName ourWavelet(String id) {
        return new WaveletName("ours.test", "w+" + id, "ours.test", "conv+root");
    }

    static WaveletOperation add(ParticipantId participant) {
        return new WaveletOperation.AddParticipant(participant);
    }

    /** Text in a document of its own: fits whatever else happens. */
    static WaveletOperation write(String document) {
        return write(document, "text");
    }

    static WaveletOperation write(String document, String text) {
        return new WaveletOperation.MutateDocument(document, DocOp.of(new DocOpComponent.Characters(text)));
    }

    /** A user of ours, on whatever wavelet it is. */
    SubmitResult submit(WaveletName wavelet, HashedVersion target, WaveletOperation... operations) {
        return get(node.wavelets().submit(wavelet, new WaveletDelta(target, OUR_USER, List.of(operations), List.of())));
    }

    HashedVersion applied(WaveletName wavelet, HashedVersion target, WaveletOperation... operations) {
        SubmitResult result = submit(wavelet, target, operations);
        if (result instanceof SubmitResult.Applied applied) {
            return applied.version();
        }
        throw new AssertionError(result.toString());
    }

    /** Made by our user, with nobody else on it. */
    HashedVersion create(WaveletName wavelet) {
        return applied(wavelet, HashChain.zero(wavelet), add(OUR_USER));
    }

    /** What our user sees; version 0 if nothing. */
    HashedVersion seen(WaveletName wavelet) {
        Answer<WaveletView> view = get(node.wavelets().view(wavelet, OUR_USER));
        return view instanceof Answer.Ok<WaveletView> ok ? ok.value().version() : HashChain.zero(wavelet);
    }

    List<ByteString> stored(WaveletName wavelet) {
        try {
            String kind = wavelet.waveletDomain().equals("ours.test") ? "hosted" : "replica";
            return StoredWavelet.read(journal, new StreamId(kind, wavelet.toUri()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The replica of ours has what the reference hosts, byte for byte. */
    void awaitFollowed(WaveletName wavelet) {
        await().atMost(PATIENCE).until(() -> seen(wavelet).equals(peer.host().head(wavelet)));
        if (!stored(wavelet).equals(peer.host().history(wavelet))) {
            throw new AssertionError("one version, two histories of " + wavelet);
        }
    }

    /** The reference's replica has what we host, byte for byte. */
    void awaitTold(WaveletName wavelet) {
        await().atMost(PATIENCE).until(() -> peer.replica().head(wavelet).equals(seen(wavelet)));
        if (!stored(wavelet).equals(peer.replica().history(wavelet))) {
            throw new AssertionError("one version, two histories of " + wavelet);
        }
    }

    /** The wavelets on which one of the two is behind, as it would be found after a start. */
    List<String> behind() {
        return get(journal.members("behind/ours.test/theirs.test", "", 100));
    }

    /** What their component got that has this wave element in it, in order. */
    List<XmlElement> got(String waveLocal) {
        return server.heard().stream()
                .filter(stanza ->
                        !Captured.all(stanza, Namespaces.WAVE, waveLocal).isEmpty())
                .toList();
    }

    /** The same, of one wavelet. */
    List<XmlElement> got(String waveLocal, WaveletName wavelet) {
        return got(waveLocal).stream()
                .filter(stanza -> Xml.text(stanza).contains(wavelet.toUri()))
                .toList();
    }

    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(40, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("no answer", e);
        }
    }

    @Override
    public void close() {
        node.close();
        network.close();
    }
}
