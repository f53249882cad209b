package io.wavegate.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.wavegate.node.client.WavegateClient;
import io.wavegate.s2s.federation.SignerCodec;
import io.wavegate.s2s.federation.SubmitCodec;
import io.wavegate.s2s.federation.UpdateCodec;
import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.stanza.Stanzas;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.codec.SignedDeltaCodec;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.SignedDelta;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import io.wavegate.wavelet.trust.DeltaSigner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A domain that others vouch for and that lies, over authenticated streams to a running gateway: it gets the stated answer,
 * nothing of it is stored, and the session of two honest domains goes on.
 */
final class HostileDomainTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ParticipantId MALLORY = new ParticipantId("mallory@" + HostileDomain.NAME);
    private static final String DOCUMENT = "b+hostile";

    @TempDir
    private static Path folder;

    private static Lab lab;
    private static GatewayProcess a;
    private static SharedWavelet honest;
    private static HostileDomain hostile;
    private static DeltaSigner own;
    private static Typing alice;
    private static Typing bob;

    private WaveletName wavelet;
    private HashedVersion head;
    private int before;

    @BeforeAll
    static void start() throws Exception {
        lab = new Lab(folder);
        a = lab.gateway("a.test");
        GatewayProcess b = lab.gateway("b.test");
        int port = FreePorts.next();
        lab.pin("a.test", a.streamPort()).pin("b.test", b.streamPort()).pin(HostileDomain.NAME, port);
        a.start();
        b.start();
        honest = SharedWavelet.between(a, b);
        hostile = new HostileDomain(lab, port, a.streamPort());
        own = hostile.signer(HostileDomain.NAME, HostileDomain.NAME);
        alice = Typing.begin(a.client("alice"), honest.name(), "alice");
        bob = Typing.begin(b.client("bob"), honest.name(), "bob");
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            alice.finish();
            bob.finish();
            honest.assertNothingLost(List.of(alice, bob));
            assertThat(a.log()).doesNotContain("\tat ");
        } finally {
            hostile.close();
            lab.close();
        }
    }

    @BeforeEach
    void waveWithMalloryOnIt() throws Exception {
        try (WavegateClient client = a.client("alice")) {
            wavelet = client.createWave(List.of(new AddParticipant(MALLORY)));
        }
        head = honest.host().version(wavelet);
        before = bob.count();
    }

    @AfterEach
    void honestPeopleGoOn() {
        await().atMost(PATIENCE).until(() -> bob.count() >= before + 3);
    }

    @Test
    void forgedAuthor() throws Exception {
        refused(submit(own, delta(a.user("alice"))), "bad-request", "each domain submits for its own users");
    }

    @Test
    void badSignature() throws Exception {
        post(own);
        byte[] bytes = own.sign(delta(MALLORY)).bytes().toByteArray();
        bytes[bytes.length - 40] ^= 1;
        refused(submit(ByteString.copyFrom(bytes)), "bad-request", "");
        // The signature of another delta, on this one.
        ByteString other = delta(new ParticipantId("other@" + HostileDomain.NAME));
        SignedDelta swapped =
                SignedDeltaCodec.of(delta(MALLORY), own.sign(other).signatures());
        refused(submit(swapped.bytes()), "bad-request", "does not fit the delta");
    }

    @Test
    void unknownSigner() throws Exception {
        DeltaSigner unknown = hostile.signer("unknown.test", "unknown.test");
        refused(submit(unknown, delta(MALLORY)), "internal-server-error", "Post its certificates first");
    }

    @Test
    void certificateOfAnotherDomain() throws Exception {
        for (String claimed : List.of("somebody.test", HostileDomain.NAME)) {
            DeltaSigner somebody = hostile.signer(claimed, "somebody.test");
            refused(post(somebody), "bad-request", "Post those of your own domain");
            refused(submit(somebody, delta(MALLORY)), "internal-server-error", "Post its certificates first");
        }
        // Known here and good, but not for this author.
        await().atMost(PATIENCE).until(() -> bob.count() > 0);
        DeltaSigner ofB = hostile.signer("b.test", "b.test");
        refused(submit(ofB, delta(MALLORY)), "bad-request", "does not speak for " + HostileDomain.NAME);
    }

    @Test
    void updatesOfWaveletsThatTheSenderDoesNotHost() throws Exception {
        WaveletName ofB = new WaveletName("b.test", "w+1", "b.test", "conv+root");
        for (WaveletName victim : List.of(ofB, wavelet)) {
            WaveletUpdate update = new WaveletUpdate(victim, List.of(), Optional.of(head));
            refused(hostile.tell(UpdateCodec.event(update)), "not-authorized", "Only the domain that hosts a wavelet");
        }
    }

    @Test
    void stanzaOverTheLimitEndsItsStreamAlone() throws Exception {
        XmlElement huge = XmlElement.builder(Namespaces.WAVE, "huge")
                .text("x".repeat(600_000))
                .build();
        OutgoingStream stream = hostile.stream();
        var unused = stream.send(
                List.of(Stanzas.message(new Addresses("huge", HostileDomain.NAME, "a.test"), List.of(huge))));
        StreamEnd end = stream.ended().toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(end.reason()).as(end.text()).isEqualTo(StreamEnd.Reason.REMOTE_STREAM_ERROR);
        assertThat(end.text()).contains("policy-violation");
        hostile.connect();
        goodDeltaIsTaken();
    }

    @Test
    void whatIsRightIsTaken() throws Exception {
        goodDeltaIsTaken();
    }

    private void goodDeltaIsTaken() throws Exception {
        assertThat(post(own).attribute("type")).contains("result");
        assertThat(submit(own, delta(MALLORY)).attribute("type")).contains("result");
        assertThat(honest.host().text(wavelet, DOCUMENT)).isEqualTo("hello");
    }

    private ByteString delta(ParticipantId author) {
        MutateDocument edit = new MutateDocument(DOCUMENT, new DocOp(List.of(new Characters("hello"))));
        return DeltaCodec.encode(new WaveletDelta(head, author, List.of(edit), List.of()));
    }

    private static XmlElement post(DeltaSigner signer) {
        return hostile.ask(SignerCodec.post(signer.info()));
    }

    private XmlElement submit(DeltaSigner signer, ByteString delta) {
        return submit(signer.sign(delta).bytes());
    }

    private XmlElement submit(ByteString signed) {
        return hostile.ask(SubmitCodec.request(new SubmitCodec.Request(wavelet, signed)));
    }

    private void refused(XmlElement answer, String condition, String words) throws Exception {
        assertThat(answer.attribute("type")).as(text(answer)).contains("error");
        assertThat(text(answer)).contains(condition).contains(words);
        assertThat(honest.host().version(wavelet)).isEqualTo(head);
    }

    private static String text(XmlElement element) {
        return element.toString();
    }
}
