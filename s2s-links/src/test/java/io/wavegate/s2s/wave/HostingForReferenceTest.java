package io.wavegate.s2s.wave;

import static io.wavegate.s2s.wave.Together.PATIENCE;
import static io.wavegate.s2s.wave.Together.THEIR_USER;
import static io.wavegate.s2s.wave.Together.add;
import static io.wavegate.s2s.wave.Together.get;
import static io.wavegate.s2s.wave.Together.ourWavelet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** We host, the reference follows; each habit of it that spec 13 warns of, and what becomes of it. */
final class HostingForReferenceTest {
    private static Together together;

    @BeforeAll
    static void start() {
        together = new Together();
    }

    @AfterAll
    static void stop() {
        together.close();
    }

    @AfterEach
    void goodAgain() {
        together.muteAfterReconnect(false);
    }

    private static ReferenceReplica replica() {
        return together.peer().replica();
    }

    private static WaveletName shared(String id) {
        WaveletName wavelet = ourWavelet(id);
        HashedVersion head = together.create(wavelet);
        together.applied(wavelet, head, add(THEIR_USER));
        together.awaitTold(wavelet);
        return wavelet;
    }

    private static void write(WaveletName wavelet, String document) {
        together.applied(wavelet, together.seen(wavelet), Together.write(document));
    }

    private static void awaitSettled(WaveletName wavelet) {
        await().atMost(PATIENCE).until(() -> !together.behind().contains(wavelet.toUri()));
    }

    @Test
    void oneQuestionWithoutALimitBringsAllOfTheHistory() {
        WaveletName wavelet = ourWavelet("history");
        HashedVersion head = together.create(wavelet);
        for (int i = 0; i < 20; i++) {
            head = together.applied(wavelet, head, Together.write("b+" + i));
        }
        together.applied(wavelet, head, add(THEIR_USER));
        together.awaitTold(wavelet);
        assertThat(replica().history(wavelet)).hasSize(22);
        // A cold reference asks from version 0; the answer held all 21 deltas before the one that it was told.
        assertThat(together.network().wire.stream()
                        .filter(stanza -> stanza.contains("<delta-history") && stanza.contains(wavelet.toUri())))
                .hasSize(1);
        awaitSettled(wavelet);
    }

    @Test
    void eachMessageHasOneItemWithOneWaveletUpdate() {
        WaveletName wavelet = shared("items");
        together.server().is(NetworkPeer.Server.LISTS_ITS_SERVICES);
        for (int i = 0; i < 10; i++) {
            write(wavelet, "b+" + i);
        }
        together.awaitTold(wavelet);
        List<XmlElement> updates = together.got("wavelet-update");
        assertThat(updates).isNotEmpty();
        for (XmlElement update : updates) {
            assertThat(Captured.all(update, Namespaces.PUBSUB_EVENT, "item")).hasSize(1);
            assertThat(Captured.all(update, Namespaces.WAVE, "wavelet-update")).hasSize(1);
            assertThat(update.attribute("type")).contains("normal");
        }
    }

    @Test
    void whatWasReceiptedAndNotAppliedIsFoundByTheNextUpdate() {
        WaveletName wavelet = shared("dropped");
        replica().dropNext(1);
        write(wavelet, "b+1");
        awaitSettled(wavelet);
        assertThat(replica().head(wavelet))
                .as("dropped, and said to be received")
                .isNotEqualTo(together.seen(wavelet));
        write(wavelet, "b+2");
        together.awaitTold(wavelet);
        awaitSettled(wavelet);
    }

    @Test
    void aPeerThatAnswersNothingMissesNothing() {
        WaveletName wavelet = shared("silent");
        long before = failed();
        together.peer().silent(true);
        write(wavelet, "b+1");
        write(wavelet, "b+2");
        await().atMost(PATIENCE).until(() -> failed() > before);
        assertThat(get(together.node().links().link("ours.test", "theirs.test")).phase())
                .as("it still says what it is")
                .isEqualTo("up");
        assertThat(together.behind()).contains(wavelet.toUri());
        together.peer().silent(false);
        together.awaitTold(wavelet);
        awaitSettled(wavelet);
    }

    private static long failed() {
        return get(together.node().links().link("ours.test", "theirs.test"))
                .counters()
                .failed();
    }

    @Test
    void lostReceiptsAreMadeGoodByTheNextDelta() {
        WaveletName wavelet = shared("duplicates");
        replica().loseReceipts(1);
        write(wavelet, "b+1");
        await().atMost(PATIENCE).until(() -> replica().head(wavelet).equals(together.seen(wavelet)));
        // It is sent again, and being known gets no receipt (spec 3.2): only something new can be receipted.
        write(wavelet, "b+2");
        together.awaitTold(wavelet);
        awaitSettled(wavelet);
    }

    @Test
    void aCorruptedReplicaHasAllAfterItsRestartAndTheNextDelta() {
        WaveletName wavelet = shared("corrupted");
        replica().corrupt(wavelet);
        write(wavelet, "b+1");
        write(wavelet, "b+2");
        awaitSettled(wavelet);
        assertThat(replica().head(wavelet)).isNotEqualTo(together.seen(wavelet));
        together.peer().restart();
        write(wavelet, "b+3");
        together.awaitTold(wavelet);
    }

    @Test
    void aPeerThatSpeaksNoMoreIsToldAgainWhenItDoes() {
        WaveletName wavelet = shared("mute");
        together.muteAfterReconnect(true);
        write(wavelet, "b+1");
        await().atMost(PATIENCE).until(() -> get(together.node().links().link("ours.test", "theirs.test"))
                .phase()
                .equals("down"));
        write(wavelet, "b+2");
        assertThat(together.behind()).contains(wavelet.toUri());
        together.muteAfterReconnect(false);
        together.awaitTold(wavelet);
        awaitSettled(wavelet);
    }

    @Test
    void theirSubmitIsAnsweredInTheFormThatTheyReadAndComesBackAsAnUpdate() {
        WaveletName wavelet = shared("submit");
        XmlElement answer = get(together.peer().submit(wavelet, signed(wavelet, Together.write("b+1"))));
        XmlElement response = ReferencePeer.find(answer, "submit-response").orElseThrow();
        XmlElement version = response.child(Namespaces.WAVE, "hashed-version").orElseThrow();
        assertThat(response.attribute("operations-applied")).contains("1");
        assertThat(response.attribute("application-timestamp")).isPresent();
        assertThat(ReferencePeer.version(version, "version", "history-hash")).isEqualTo(together.seen(wavelet));
        together.awaitTold(wavelet);
    }

    @Test
    void whatTheReferenceWouldBeSilentAboutIsRefused() {
        WaveletName wavelet = shared("refused");
        HashedVersion head = together.seen(wavelet);
        HashedVersion unknown = new HashedVersion(head.version() + 7, head.historyHash());
        ByteString ahead = together.peer()
                .signer()
                .sign(DeltaCodec.encode(
                        new WaveletDelta(unknown, THEIR_USER, List.of(Together.write("b+1")), List.of())))
                .bytes();
        assertThatThrownBy(() -> get(together.peer().submit(wavelet, ahead)))
                .rootCause()
                .hasMessageContaining("bad-request");
        String backwards = ReferenceStanzas.history(wavelet, head, head);
        assertThatThrownBy(() -> get(together.peer().ask("get", "ours.test", backwards)))
                .rootCause()
                .hasMessageContaining("bad-request");
    }

    private static ByteString signed(WaveletName wavelet, WaveletOperation operation) {
        WaveletDelta delta = new WaveletDelta(together.seen(wavelet), THEIR_USER, List.of(operation), List.of());
        return together.peer().signer().sign(DeltaCodec.encode(delta)).bytes();
    }
}
