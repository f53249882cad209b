package io.wavegate.wavelet.entity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.google.protobuf.ByteString;
import com.typesafe.config.ConfigFactory;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.authority.HostFixture;
import io.wavegate.wavelet.entity.WaveletCommand.Asked;
import io.wavegate.wavelet.entity.WaveletReply.SubmitReply;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What wavelets say between nodes: arrives as it was, and is read as an earlier release wrote it. Its words are in
 * {@code messages/1} of the test resources, for ever; a change of their form gets a new folder beside.
 */
class NodeMessagesTest {
    private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());

    private static ActorTestKit kit;
    private static Serialization serialization;

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create(
                "messages",
                ConfigFactory.parseString(
                                """
                                pekko.actor.provider = cluster
                                pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                                pekko.cluster.jmx.enabled = off
                                """)
                        .withFallback(ConfigFactory.load()));
        serialization = SerializationExtension.get(Adapter.toClassic(kit.system()));
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    static Stream<Object> messages() {
        ActorRef<WaveletReply> asker =
                ActorRefResolver.get(kit.system()).resolveActorRef("pekko://messages@127.0.0.1:7355/temp/asker#7");
        HostFixture host = HostFixture.withAliceAndBob();
        AppliedDelta delta =
                host.applied("bob@b.test", host.head(), HostFixture.edit("b+1", HostFixture.text("hello")));
        HashedVersion at = delta.appliedAt();
        ParticipantId alice = new ParticipantId("alice@a.test");
        Refusal refusal = new Refusal(Refusal.Reason.TOO_OLD, "too old");
        return Stream.of(
                new WaveletCommand.Submit(
                        HostFixture.submission("bob@b.test", at, HostFixture.add("carol@c.test")), asker),
                new WaveletCommand.ReadDeltas(alice, at, 1_000, 25_000, asker),
                new WaveletCommand.ReadView(alice, asker),
                new WaveletCommand.ReadHistory("b.test", at, delta.result(), 90_000, asker),
                new WaveletCommand.FindSigner("b.test", ByteString.copyFromUtf8("id"), at, asker),
                new WaveletCommand.Update(List.of(delta.bytes()), Optional.of(delta.result()), asker),
                new WaveletCommand.DomainReachable("b.test"),
                new WaveletCommand.Stop(),
                new WaveletReply.AskAgain(),
                new SubmitReply(new SubmitResult.Applied(delta.result(), 1, 1_795_000_000_000L)),
                new SubmitReply(new SubmitResult.Refused(refusal)),
                WaveletReply.DeltasReply.of(List.of(delta), delta.result()),
                WaveletReply.DeltasReply.refused(refusal),
                WaveletReply.ViewReply.of(host.state),
                WaveletReply.ViewReply.refused(refusal),
                new WaveletReply.ViewReply(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new WaveletReply.ViewParts(
                                7_000_000,
                                ActorRefResolver.get(kit.system())
                                        .resolveActorRef("pekko://messages@127.0.0.1:7355/system/view#8")))),
                new WaveletReply.PartOfView(
                        192_000,
                        ActorRefResolver.get(kit.system())
                                .resolveActorRef("pekko://messages@127.0.0.1:7355/temp/reader#9")),
                new WaveletReply.ViewPart(ByteString.copyFromUtf8("part")),
                new WaveletReply.HistoryReply(Optional.empty(), List.of(delta.bytes()), 7, true),
                new WaveletReply.SignerReply(Optional.of(refusal)),
                new WaveletReply.UpdateReply(Optional.empty()));
    }

    private static String manifest(Object message) {
        return ((SerializerWithStringManifest) serialization.findSerializerFor(message)).manifest(message);
    }

    private static byte[] write(Object message) {
        return serialization.serialize(message).get();
    }

    private static Object read(byte[] bytes, Object like) {
        int serializer = serialization.findSerializerFor(like).identifier();
        return serialization.deserialize(bytes, serializer, manifest(like)).get();
    }

    // Documents are trees: the same content may lie in them in several ways.
    private static Object meaning(Object message) {
        return message instanceof WaveletReply.ViewReply view && view.parts().isEmpty()
                ? DeltaViews.view(view)
                : message;
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageArrivesAsItWas(Object message) throws Exception {
        assertThat(meaning(read(write(message), message))).isEqualTo(meaning(message));
    }

    @Test
    void everyMessageFromElsewhereIsAmongThem() {
        List<Class<?>> shown = messages().<Class<?>>map(Object::getClass).toList();
        Stream<Class<?>> commands = Stream.of(WaveletCommand.class, Asked.class)
                .<Class<?>>flatMap(type -> Arrays.stream(type.getPermittedSubclasses()))
                .filter(type -> type.isRecord() && WaveletMessage.class.isAssignableFrom(type));
        assertThat(shown)
                .containsAll(commands.toList())
                .containsAll(Arrays.asList(WaveletReply.class.getPermittedSubclasses()))
                .containsAll(Arrays.stream(WaveletReply.class.getDeclaredClasses())
                        .filter(WaveletMessage.class::isAssignableFrom)
                        .toList());
        for (Class<?> type : WaveletCommand.class.getPermittedSubclasses()) {
            assertThat(type == Asked.class
                            || type == WaveletCommand.Internal.class
                            || WaveletMessage.class.isAssignableFrom(type))
                    .as("%s travels or stays, by its type", type)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatAnEarlierReleaseWroteIsReadAsItWasMeant(Object message) throws Exception {
        String text = String.valueOf(message);
        String kind = text.contains("too old") ? "-refused" : text.contains("ViewParts") ? "-large" : "";
        String file = manifest(message) + kind + ".cbor";
        Optional<String> folder = Optional.ofNullable(System.getProperty("wavegate.messages.write"));
        if (folder.isPresent()) {
            Path to = Path.of(folder.get(), file);
            if (!Files.exists(to)) {
                Files.write(to, write(message));
            }
            return;
        }
        try (InputStream stored = Objects.requireNonNull(getClass().getResourceAsStream("/messages/1/" + file), file)) {
            assertThat(meaning(read(stored.readAllBytes(), message))).isEqualTo(meaning(message));
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatALaterReleaseSaysBesidesIsOverlooked(Object message) throws Exception {
        ObjectNode tree = (ObjectNode) CBOR.readTree(write(message));
        tree.put("addedLater", "x").putObject("addedToo").put("deep", 1);
        assertThat(meaning(read(CBOR.writeValueAsBytes(tree), message))).isEqualTo(meaning(message));
    }

    @Test
    void aReasonOfALaterReleaseReadsAsAskAgain() throws Exception {
        SubmitReply reply =
                new SubmitReply(new SubmitResult.Refused(new Refusal(Refusal.Reason.TOO_OLD, "what it says")));
        ObjectNode tree = (ObjectNode) CBOR.readTree(write(reply));
        ((ObjectNode) tree.at("/result/refusal")).put("reason", "SOMETHING_NEW");
        assertThat(read(CBOR.writeValueAsBytes(tree), reply))
                .isEqualTo(new SubmitReply(
                        new SubmitResult.Refused(new Refusal(Refusal.Reason.STORE_UNAVAILABLE, "what it says"))));
    }
}
