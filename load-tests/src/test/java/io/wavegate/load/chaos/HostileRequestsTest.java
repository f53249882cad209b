package io.wavegate.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wavegate.load.chaos.load.ApiReader;
import io.wavegate.s2s.federation.HistoryCodec;
import io.wavegate.s2s.federation.SignerCodec;
import io.wavegate.s2s.federation.SubmitCodec;
import io.wavegate.s2s.stanza.IqType;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.model.Attributes;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.AnnotationBoundary;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.DocOpComponent.ElementEnd;
import io.wavegate.wavelet.model.DocOpComponent.ElementStart;
import io.wavegate.wavelet.model.DocOpComponent.Retain;
import io.wavegate.wavelet.model.DocOpComponent.ValueChange;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import io.wavegate.wavelet.model.WaveletOperation.NoOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deltas and questions of a domain that is who it says and asks for what it must not have: refused, at a bounded cost. */
final class HostileRequestsTest extends HostileFixture {
    /** What mallory does in one delta, and what the answer says. */
    private record Attack(String name, List<WaveletOperation> operations, String condition, String words) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void hostileSignerIsKnown() {
        assertThat(hostile.ask(SignerCodec.post(own.info())).attribute("type")).contains("result");
    }

    static Stream<Attack> deltas() {
        return Stream.of(
                new Attack("no operation", List.of(), "bad-request", "no operation"),
                new Attack(
                        "too many operations",
                        Collections.nCopies(20_000, NoOp.INSTANCE),
                        "not-acceptable",
                        "at most 10000"),
                edit("retain of what is not there", "retain past end", new Retain(Integer.MAX_VALUE)),
                edit(
                        "retains whose sum overflows",
                        "retain past end",
                        new Retain(Integer.MAX_VALUE),
                        new Retain(Integer.MAX_VALUE)),
                edit("negative retain", "ill-formed", new Retain(-1)),
                edit("element that never ends", "ill-formed", new ElementStart("x", Attributes.NONE)),
                edit("end of no element", "ill-formed", new ElementEnd()),
                edit("as many components as a stanza holds", "retain past end", steps(90_000)),
                edit("annotations that add up", "too many annotations", staircase(3_000)),
                new Attack(
                        "one good and one bad",
                        List.of(mutate(new Characters("good")), mutate(new Retain(1_000_000))),
                        "bad-request",
                        ""));
    }

    private static DocOpComponent[] staircase(int count) {
        List<DocOpComponent> steps = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add("k%05d".formatted(i));
            ValueChange change = new ValueChange(keys.get(i), Optional.empty(), Optional.of("v"));
            steps.add(new AnnotationBoundary(List.of(), List.of(change)));
            steps.add(new Characters("x"));
        }
        steps.add(new AnnotationBoundary(keys, List.of()));
        return steps.toArray(new DocOpComponent[0]);
    }

    private static DocOpComponent[] steps(int count) {
        DocOpComponent[] steps = new DocOpComponent[count];
        Arrays.fill(steps, new Retain(1));
        return steps;
    }

    private static Attack edit(String name, String words, DocOpComponent... components) {
        return new Attack(name, List.of(mutate(components)), "bad-request", words);
    }

    private static MutateDocument mutate(DocOpComponent... components) {
        return new MutateDocument(DOCUMENT, new DocOp(List.of(components)));
    }

    @ParameterizedTest
    @MethodSource("deltas")
    void deltaThatMustNotBeApplied(Attack attack) throws Exception {
        XmlElement answer = submit(wavelet, delta(head, attack.operations()));
        refused(answer, attack.condition(), attack.words());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, 1_000, Long.MAX_VALUE})
    void versionThatIsNotThere(long version) throws Exception {
        HashedVersion target = new HashedVersion(version, head.historyHash());
        refused(submit(wavelet, delta(target, List.of(mutate(new Characters("x"))))), "", "version");
    }

    @Test
    void hashOfAnotherHistory() throws Exception {
        HashedVersion target = new HashedVersion(head.version(), ByteString.copyFrom(new byte[20]));
        refused(submit(wavelet, delta(target, List.of(mutate(new Characters("x"))))), "", "another history hash");
    }

    /** Replayed at home it has its first answer again; elsewhere it fits no history. */
    @Test
    void validDeltaReplayed() throws Exception {
        ByteString delta =
                own.sign(delta(head, List.of(mutate(new Characters("once"))))).bytes();
        XmlElement first = submitSigned(wavelet, delta);
        assertThat(first.attribute("type")).as(first.toString()).contains("result");
        HashedVersion after = wave.version(wavelet);
        assertThat(submitSigned(wavelet, delta).children()).isEqualTo(first.children());
        assertThat(wave.version(wavelet)).isEqualTo(after);
        assertThat(wave.text(wavelet, DOCUMENT)).isEqualTo("once");

        WaveletName other = wave.waveOf(MALLORY);
        HashedVersion untouched = wave.version(other);
        assertThat(submitSigned(other, delta).attribute("type")).contains("error");
        assertThat(wave.version(other)).isEqualTo(untouched);
    }

    @Test
    void nobodyAddsHimself() throws Exception {
        WaveletName closed = wave.waveOf();
        HashedVersion before = wave.version(closed);
        XmlElement answer = submit(closed, delta(before, List.of(new AddParticipant(MALLORY))));
        assertThat(answer.attribute("type")).contains("error");
        assertThat(wave.version(closed)).isEqualTo(before);
        assertThat(submit(nowhere(), delta(HashChain.zero(nowhere()), List.of(new AddParticipant(MALLORY))))
                        .attribute("type"))
                .contains("error");
    }

    /** A wavelet that mallory's domain is not on is told apart from none by no answer. */
    @Test
    void whetherAWaveletExistsIsNotTold() throws Exception {
        WaveletName closed = wave.honestWavelet();
        HashedVersion before = wave.version(closed);
        for (WaveletName name : List.of(closed, nowhere())) {
            assertThat(text(history(name, HashChain.zero(name), before, OptionalLong.empty())))
                    .isEqualTo(text(history(nowhere(), HashChain.zero(nowhere()), before, OptionalLong.empty())));
            assertThat(text(submit(name, delta(before, List.of(mutate(new Characters("x")))))))
                    .isEqualTo(text(submit(nowhere(), delta(before, List.of(mutate(new Characters("x")))))));
            assertThat(text(signer(name, before))).isEqualTo(text(signer(nowhere(), before)));
        }
    }

    @Test
    void historyHasBoundsWhateverIsAskedFor() throws Exception {
        HashedVersion zero = HashChain.zero(wavelet);
        for (long limit : new long[] {0, 1, Long.MAX_VALUE}) {
            XmlElement answer = history(wavelet, zero, head, OptionalLong.of(limit));
            assertThat(answer.attribute("type")).as(answer.toString()).contains("result");
            assertThat(answer.toString()).contains("applied-delta");
        }
        XmlElement beyond = request(zero, head).build();
        for (String wrong : List.of("9223372036854775808", "-1", "1e9", "")) {
            XmlElement answer = hostile.ask(IqType.GET, listed(with(beyond, "response-length-limit", wrong)));
            assertThat(answer.toString()).as(wrong).contains("bad-request");
        }
    }

    @Test
    void historyInsideADeltaOrOfAnotherHash() throws Exception {
        HashedVersion zero = HashChain.zero(wavelet);
        HashedVersion inside = new HashedVersion(1, head.historyHash());
        HashedVersion forged = new HashedVersion(head.version(), zero.historyHash());
        HashedVersion future = new HashedVersion(Long.MAX_VALUE, head.historyHash());
        assertThat(head.version()).isEqualTo(2);
        for (HashedVersion end : List.of(inside, forged, future)) {
            assertThat(history(wavelet, zero, end, OptionalLong.empty()).attribute("type"))
                    .contains("error");
        }
        assertThat(history(wavelet, inside, head, OptionalLong.empty()).attribute("type"))
                .contains("error");
        assertThat(history(wavelet, head, head, OptionalLong.empty()).toString())
                .contains("bad-request");
    }

    @Test
    void domainThatWasRemovedSeesNothingOfWhatCameAfter() throws Exception {
        wave.remove(wavelet, MALLORY);
        HashedVersion removal = wave.version(wavelet);
        wave.add(wavelet, new ParticipantId("carl@a.test"));
        HashedVersion later = wave.version(wavelet);
        assertThat(history(wavelet, HashChain.zero(wavelet), removal, OptionalLong.empty())
                        .attribute("type"))
                .contains("result");
        assertThat(history(wavelet, HashChain.zero(wavelet), later, OptionalLong.empty())
                        .attribute("type"))
                .contains("error");
        XmlElement answer = submit(wavelet, delta(removal, List.of(mutate(new Characters("x")))));
        assertThat(answer.attribute("type")).contains("error");
        assertThat(wave.version(wavelet)).isEqualTo(later);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "w+1",
                "http://a.test/w+1/conv+root",
                "wave://a.test/w+1",
                "wave://a.test/w+1/../conv+root",
                "wave://a.test//conv+root",
                "wave://a.test/w+1/conv+root/x",
                "wave://a.test/w%2/conv+root",
                "wave://a.test/w%00/conv+root",
                "wave://A.test/w+1/conv+root",
                "wave://a.test/a.test!w+1/conv+root",
                "wave://a.test/w+1/conv+root?x",
                "wave:///w+1/conv+root",
            })
    void nameThatIsNone(String name) throws Exception {
        XmlElement query = with(request(HashChain.zero(wavelet), head).build(), "wavelet-name", name);
        XmlElement answer = hostile.ask(IqType.GET, listed(query));
        assertThat(answer.attribute("type")).as(answer.toString()).contains("error");
    }

    /** Elements nested as deep as a stanza can carry: applied like any document, read like any document. */
    @Test
    void documentThatIsAllDepth() throws Exception {
        int depth = 20_000;
        List<DocOpComponent> components = new ArrayList<>();
        components.addAll(Collections.nCopies(depth, new ElementStart("x", Attributes.NONE)));
        components.addAll(Collections.nCopies(depth, new ElementEnd()));
        applied(List.of(new MutateDocument(DOCUMENT, new DocOp(components))));
        assertThat(wave.text(wavelet, DOCUMENT)).isEmpty();
        RawApi.Reply view = wave.api().send("GET", ApiReader.path(wavelet), "");
        assertThat(view.status()).isEqualTo(200);
    }

    /** Each is transformed over all before it, and over an insertion in tens of thousands of pieces. */
    @Test
    void hundredsOfDeltasAgainstOneOldVersion() throws Exception {
        List<DocOpComponent> pieces = Collections.nCopies(40_000, new Characters("x"));
        applied(List.of(new MutateDocument(DOCUMENT, new DocOp(pieces))));
        for (int i = 0; i < 200; i++) {
            applied(List.of(mutate(new Characters("[" + i + "]"))));
        }
        assertThat(wave.text(wavelet, DOCUMENT)).contains("[199]").hasSizeGreaterThan(40_000);
    }

    private void applied(List<WaveletOperation> operations) {
        XmlElement answer = submit(wavelet, delta(head, operations));
        assertThat(answer.attribute("type")).as(answer.toString()).contains("result");
    }

    @Test
    void receiptsForNothingAreNothing() throws Exception {
        List<XmlElement> flood = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            flood.add(XmlElement.builder(Namespaces.SERVER, "message")
                    .attribute("id", "none" + i)
                    .attribute("from", HostileDomain.NAME)
                    .attribute("to", "a.test")
                    .child(XmlElement.builder(Namespaces.RECEIPTS, "received")
                            .attribute("id", "none" + i)
                            .build())
                    .build());
        }
        hostile.say(flood);
        refused(submit(wavelet, delta(head, List.of())), "bad-request", "no operation");
    }

    private static WaveletName nowhere() {
        return new WaveletName("a.test", "w+nowhere", "a.test", "conv+root");
    }

    private static ByteString delta(HashedVersion target, List<WaveletOperation> operations) {
        return DeltaCodec.encode(new WaveletDelta(target, MALLORY, operations, List.of()));
    }

    private static XmlElement submit(WaveletName name, ByteString delta) {
        return submitSigned(name, own.sign(delta).bytes());
    }

    private static XmlElement submitSigned(WaveletName name, ByteString signed) {
        return hostile.ask(SubmitCodec.request(new SubmitCodec.Request(name, signed)));
    }

    private static XmlElement history(WaveletName name, HashedVersion start, HashedVersion end, OptionalLong limit) {
        return hostile.ask(IqType.GET, HistoryCodec.request(new HistoryCodec.Request(name, start, end, limit)));
    }

    private static XmlElement signer(WaveletName name, HashedVersion end) {
        return hostile.ask(IqType.GET, SignerCodec.request(new SignerCodec.Request(own.id(), name, end)));
    }

    private XmlElement.Builder request(HashedVersion start, HashedVersion end) {
        XmlElement pubsub = HistoryCodec.request(new HistoryCodec.Request(wavelet, start, end, OptionalLong.empty()));
        XmlElement.Builder builder = XmlElement.builder(Namespaces.WAVE, "delta-history");
        pubsub.elements()
                .get(0)
                .elements()
                .get(0)
                .attributes()
                .forEach((name, value) -> builder.attribute(name.local(), value));
        return builder;
    }

    private static XmlElement with(XmlElement query, String attribute, String value) {
        XmlElement.Builder builder =
                XmlElement.builder(query.name().namespace(), query.name().local());
        query.attributes().forEach((name, old) -> builder.attribute(name.local(), old));
        return builder.attribute(attribute, value).build();
    }

    private static XmlElement listed(XmlElement query) {
        XmlElement items = XmlElement.builder(Namespaces.PUBSUB, "items")
                .attribute("node", "wavelet")
                .child(query)
                .build();
        return XmlElement.builder(Namespaces.PUBSUB, "pubsub").child(items).build();
    }

    /** The error, without what names the question. */
    private static String text(XmlElement answer) {
        return answer.elements().toString().replaceAll("w\\+[A-Za-z0-9_-]+", "w+");
    }
}
