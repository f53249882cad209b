package io.wavegate.s2s.wave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.StreamId;
import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.s2s.Xml;
import io.wavegate.s2s.entity.FakeNetwork;
import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.stanza.Stanzas;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.model.WaveletName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * We stand in the place of the recorded host: every request that it got is put to us, in its order and at its time, its own
 * users' deltas come when they came to it. The history that we make must be the recorded one, byte for byte, and whoever asked
 * must get an answer that it would take.
 */
final class HostOfCaptureTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final WaveletName MAIN = new WaveletName("a.test", "w+main", "a.test", "conv+root");

    /** Recorded requests that we answer otherwise, each by a decision of docs/decisions.md. The recording has most twice. */
    private static final Map<Integer, String> DECISIONS = Map.ofEntries(
            Map.entry(272, "D-33: XEP-0199 ping is answered"),
            Map.entry(415, "D-33: XEP-0199 ping is answered"),
            Map.entry(362, "D-33: nobody has an address with a node here"),
            Map.entry(505, "D-33: nobody has an address with a node here"),
            Map.entry(284, "D-04: a domain that is not on the wavelet reads no history"),
            Map.entry(286, "D-04: a domain that is not on the wavelet reads no history"),
            Map.entry(288, "D-04: a domain that is not on the wavelet reads no history"),
            Map.entry(427, "D-04: a domain that is not on the wavelet reads no history"),
            Map.entry(429, "D-04: a domain that is not on the wavelet reads no history"),
            Map.entry(431, "D-04: a domain that is not on the wavelet reads no history"),
            Map.entry(467, "D-34: signers are posted by their own domain"),
            Map.entry(469, "D-34: signers are posted by their own domain"),
            Map.entry(477, "D-34: signers are posted by their own domain"),
            Map.entry(342, "D-31: no receipt for an item without an update"),
            Map.entry(485, "D-31: no receipt for an item without an update"));

    private final Captured captured = Captured.load();
    private final List<ByteString> history = captured.longestHistory(MAIN.toUri());
    private final AtomicLong now = new AtomicLong();
    private final InMemoryJournal journal = new InMemoryJournal();
    private final LabCertificate authority = LabCertificate.request("Test authority")
            .authority()
            .keys(LabCertificate.rsa(2048))
            .selfSigned();
    private FakeNetwork network;
    private WaveNode node;
    private final Map<String, NetworkPeer> peers = new LinkedHashMap<>();
    private long head;

    @BeforeEach
    void start() throws Exception {
        network = new FakeNetwork();
        now.set(StoredWavelet.decode(history.get(0)).timestampMillis());
        StoredWavelet.host(journal, MAIN, history.subList(0, 2));
        head = 4;
        for (String domain : List.of("b.test", "c.test")) {
            NetworkPeer peer = new NetworkPeer(network, domain, List.of("wave." + domain));
            peer.onWave(stanza -> receipt(peer, stanza));
            peers.put("wave." + domain, peer);
        }
        peers.put("raw.c.test", NetworkPeer.stranger(network, "raw.c.test"));
        node = new WaveNode(
                WaveNode.domain("a.test", authority),
                receiver -> {
                    network.attach("a.test", receiver);
                    network.attach("wave.a.test", receiver);
                    return network.edge();
                },
                captured.trust(authority.leaf()),
                journal,
                now::get,
                "");
        // What alice's server signed with; its key was not recorded, its signatures were.
        XmlElement signature = captured.at("a").stream()
                .filter(Captured.Stanza::out)
                .flatMap(stanza -> stanza.find("signature").stream())
                .findFirst()
                .orElseThrow();
        SignerInfo signer = new SignerInfo(
                SignerInfo.HashAlgorithm.SHA256,
                "a.test",
                signature.elements().stream().map(Captured::bytes).toList());
        assertThat(get(node.wavelets().postSigner("a.test", signer))).isInstanceOf(Answer.Ok.class);
    }

    @AfterEach
    void stop() {
        node.close();
        network.close();
    }

    private static void receipt(NetworkPeer peer, XmlElement stanza) {
        if (stanza.child(Namespaces.RECEIPTS, "request").isPresent()) {
            peer.send(Stanzas.receipt(Addresses.of(stanza).reversed()));
        }
    }

    @Test
    void everyRecordedRequestGetsAnAnswerThatItsSenderTakesAndTheHistoryIsTheRecordedOne() throws Exception {
        Map<Integer, String> differences = new LinkedHashMap<>();
        for (Captured.Stanza stanza : captured.at("a")) {
            boolean deltas = stanza.out() && stanza.find("wavelet-update").isPresent();
            if (deltas) {
                for (ByteString delta : stanza.deltas()) {
                    bySender(StoredWavelet.decode(delta));
                }
            } else if (!stanza.out() && !stanza.isAnswer() && concernsUsAsHost(stanza)) {
                String from = stanza.addresses().from();
                ask(stanza, from).ifPresent(difference -> differences.put(stanza.number(), difference));
                if (from.equals("raw.c.test") && isWave(stanza)) {
                    assertThat(ask(stanza, "wave.c.test"))
                            .as("the service of the domain asks " + stanza)
                            .isEmpty();
                }
            }
        }
        assertThat(StoredWavelet.read(journal, new StreamId("hosted", MAIN.toUri())))
                .isEqualTo(history);
        toldAsRecorded("b", 11);
        toldAsRecorded("c", 13);
        assertThat(differences).containsOnlyKeys(DECISIONS.keySet());
    }

    // Updates of wavelets of others are the replica's business.
    private static boolean concernsUsAsHost(Captured.Stanza stanza) {
        return stanza.find("wavelet-update").isEmpty();
    }

    // In the first half of the recording checks of certificates were on, and posts of these chains refused.
    private static boolean isWave(Captured.Stanza stanza) {
        return stanza.find("delta-history").isPresent()
                || stanza.find("signer-request").isPresent()
                || (stanza.find("signature").isPresent() && stanza.number() > 400);
    }

    /** A delta that the host's own user made, when the recording first shows it. */
    private void bySender(ReceivedDelta delta) throws Exception {
        if (delta.appliedAt().version() < head
                || !delta.original().author().domain().equals("a.test")) {
            return;
        }
        now.set(delta.timestampMillis());
        SubmitResult result = get(
                node.wavelets().submitFromRemote("a.test", MAIN, delta.signed().bytes()));
        assertThat(result).isInstanceOf(SubmitResult.Applied.class);
        assertThat(((SubmitResult.Applied) result).version()).isEqualTo(delta.claimedResult());
        head = delta.claimedResult().version();
    }

    /** @return how our answer differs from the recorded one, if its sender would not take it */
    private Optional<String> ask(Captured.Stanza request, String from) throws Exception {
        Optional<Captured.Stanza> recorded = captured.answerTo(request);
        recorded.flatMap(answer -> answer.find("submit-response"))
                .flatMap(response -> response.attribute("application-timestamp"))
                .ifPresent(time -> now.set(Long.parseLong(time)));
        Addresses recordedAddresses = request.addresses();
        Addresses asked = new Addresses(recordedAddresses.id(), from, recordedAddresses.to());
        NetworkPeer asker = peers.get(from);
        // Ids of the recording's first half come again in its second.
        int before = asker.heard().size();
        network.inject(
                from,
                domainOf(asked.to()),
                Xml.text(request.xml()).replace("from='" + recordedAddresses.from() + "'", "from='" + from + "'"));
        if (request.isPresence()) {
            return Optional.empty();
        }
        Addresses wanted = asked.reversed();
        await(request.toString()).atMost(PATIENCE).until(() -> asker.heard().stream()
                .skip(before)
                .anyMatch(stanza -> Addresses.of(stanza).equals(wanted)));
        XmlElement ours = asker.heard().stream()
                .skip(before)
                .filter(stanza -> Addresses.of(stanza).equals(wanted))
                .findFirst()
                .orElseThrow();
        XmlElement version = Captured.all(ours, Namespaces.WAVE, "hashed-version").stream()
                .findFirst()
                .orElse(ours);
        head = version.attribute("version").map(Long::parseLong).orElse(head);
        return AnswerJudgement.difference(request, recorded, ours);
    }

    private static String domainOf(String address) {
        String bare = address.contains("/") ? address.substring(0, address.indexOf('/')) : address;
        return bare.substring(bare.indexOf('@') + 1);
    }

    /** Each delta that the recorded host told a peer, we told it too, once, in the order of versions. */
    private void toldAsRecorded(String peer, long end) {
        List<ByteString> recorded = captured.at(peer).stream()
                .filter(stanza -> !stanza.out()
                        && stanza.addresses().from().equals("wave.a.test")
                        && stanza.find("wavelet-update").isPresent())
                .flatMap(stanza -> stanza.deltas().stream())
                .toList();
        NetworkPeer told = peers.get("wave." + peer + ".test");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(deltasTold(told)).isEqualTo(recorded));
        assertThat(StoredWavelet.decode(recorded.get(recorded.size() - 1))
                        .claimedResult()
                        .version())
                .isEqualTo(end);
    }

    private static List<ByteString> deltasTold(NetworkPeer peer) {
        return peer.heard().stream()
                .flatMap(stanza -> Captured.all(stanza, Namespaces.WAVE, "wavelet-update").stream())
                .flatMap(update -> Captured.all(update, Namespaces.WAVE, "applied-delta").stream())
                .map(Captured::bytes)
                .toList();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
