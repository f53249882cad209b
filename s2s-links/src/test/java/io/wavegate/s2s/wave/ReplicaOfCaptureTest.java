package io.wavegate.s2s.wave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.StreamId;
import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.s2s.Xml;
import io.wavegate.s2s.entity.FakeNetwork;
import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.codec.AppliedDeltaCodec;
import io.wavegate.wavelet.codec.CodecLimits;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ReceivedDelta;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** We stand in the place of a recorded server and are told what it was told: in the end we have what it had. */
final class ReplicaOfCaptureTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MAIN = "wave://a.test/w+main/conv+root";

    private final Captured captured = Captured.load();
    private final InMemoryJournal journal = new InMemoryJournal();
    private final LabCertificate authority = LabCertificate.request("Test authority")
            .authority()
            .keys(LabCertificate.rsa(2048))
            .selfSigned();
    private FakeNetwork network;

    @BeforeEach
    void open() {
        network = new FakeNetwork();
    }

    @AfterEach
    void close() {
        network.close();
    }

    private WaveNode node(String domain) throws Exception {
        return new WaveNode(
                WaveNode.domain(domain, authority),
                receiver -> {
                    network.attach(domain, receiver);
                    network.attach("wave." + domain, receiver);
                    return network.edge();
                },
                captured.trust(authority.leaf()),
                journal,
                System::currentTimeMillis,
                "");
    }

    @ParameterizedTest
    @CsvSource({"b, 11", "c, 13"})
    void whatAPeerWasToldMakesItsWaveletHere(String peer, long end) throws Exception {
        try (WaveNode node = node(peer + ".test")) {
            CapturedHost host = new CapturedHost(captured, peer, network, "a.test");
            List<Captured.Stanza> told = captured.at(peer).stream()
                    .filter(stanza ->
                            !stanza.out() && stanza.find("wavelet-update").isPresent())
                    .toList();
            for (Captured.Stanza update : told) {
                network.inject("wave.a.test", "wave." + peer + ".test", Xml.text(update.xml()));
            }
            Set<String> ids =
                    told.stream().map(update -> update.addresses().id()).collect(Collectors.toSet());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(receipts(host.network())).containsAll(ids));
            assertThat(journal.head(replica(MAIN)).toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .isEqualTo(end);
            assertThat(history(MAIN))
                    .isEqualTo(captured.longestHistory(MAIN)
                            .subList(0, history(MAIN).size()));
            HashedVersion last = result(history(MAIN));
            assertThat(told).anySatisfy(update -> assertThat(update.find("commit-notice")
                            .map(notice -> new HashedVersion(
                                    Long.parseLong(notice.attribute("version").orElseThrow()),
                                    ByteString.copyFrom(Base64.getDecoder()
                                            .decode(notice.attribute("history-hash")
                                                    .orElseThrow())))))
                    .contains(last));
        }
    }

    /** Recorded from a component that sent updates of every shape; here they come from the service of their domain. */
    @Test
    void updatesOfEveryShapeAreTakenWhole() throws Exception {
        try (WaveNode node = node("a.test")) {
            CapturedHost host = new CapturedHost(captured, "a", network, "c.test");
            List<Captured.Stanza> told = captured.at("a").stream()
                    .filter(stanza -> !stanza.out() && stanza.addresses().id().matches("q[0-9]+"))
                    .toList();
            assertThat(told).hasSize(14);
            for (Captured.Stanza update : told) {
                String from = Xml.text(update.xml()).replace("raw.c.test", "wave.c.test");
                network.inject("wave.c.test", "wave.a.test", from);
                String id = update.addresses().id();
                // The reference gave none to q5, which it had already; it is handled, so there is one.
                await(id).atMost(PATIENCE).until(() -> receipts(host.network()).contains(id));
            }
            for (int wavelet = 1; wavelet <= 9; wavelet++) {
                String uri = "wave://c.test/w+m" + wavelet + "1795223585/conv+root";
                // One byte of m8's second delta was changed on purpose: what comes after it contradicts it (spec 8).
                long end = wavelet == 8 ? 2 : 5;
                assertThat(journal.head(replica(uri)).toCompletableFuture().get(10, TimeUnit.SECONDS))
                        .as(uri)
                        .isEqualTo(end);
            }
            assertThat(host.network().heard())
                    .as("the gap was filled by questions, from where we were")
                    .anyMatch(stanza -> !Captured.all(stanza, Namespaces.WAVE, "delta-history")
                            .isEmpty());
        }
    }

    private static List<String> receipts(NetworkPeer peer) {
        return peer.heard().stream()
                .filter(stanza -> stanza.child(Namespaces.RECEIPTS, "received").isPresent())
                .map(stanza -> stanza.attribute("id").orElseThrow())
                .toList();
    }

    private static StreamId replica(String uri) {
        return new StreamId("replica", uri);
    }

    private List<ByteString> history(String uri) throws Exception {
        return StoredWavelet.read(journal, replica(uri));
    }

    private static HashedVersion result(List<ByteString> history) {
        ByteString last = history.get(history.size() - 1);
        return ((Answer.Ok<ReceivedDelta>) AppliedDeltaCodec.decode(last, CodecLimits.DEFAULTS))
                .value()
                .claimedResult();
    }
}
