package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.link.OutboundRequest;
import io.wavegate.s2s.link.Outcome;
import io.wavegate.s2s.link.RelayOutcome;
import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.xml.ElementBytes;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.SerializationTestKit;
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

/** What travels between nodes arrives as it was. */
final class LinkMessagesTest {
    private static final XmlElement STANZA = new XmlElement(
            new XmlName(Namespaces.SERVER, "message"),
            Map.of(new XmlName("", "id"), "7.b.test", new XmlName(Namespaces.XML, "lang"), "en"),
            List.of(XmlElement.builder("urn:example", "x")
                    .attribute("line", "a\nb\t\"'<&>")
                    .text("]]> \r\n é \uD83D\uDE00")
                    .child(XmlElement.builder("jabber:server:dialback", "result")
                            .build())
                    .build()));

    private static final int OURS = 20_740;

    private static ActorTestKit kit;
    private static SerializationTestKit bytes;

    @BeforeAll
    static void start() {
        kit = StoredMessages.node("messages");
        bytes = kit.serializationTestKit();
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    private static <T> ActorRef<T> asker() {
        return ActorRefResolver.get(kit.system()).resolveActorRef("pekko://messages@127.0.0.1:7355/temp/asker#7");
    }

    static Stream<Object> messages() {
        OutboundRequest request =
                new OutboundRequest(OutboundRequest.Form.IQ_SET, List.of(STANZA, STANZA), Optional.of(STANZA), 1_000);
        return Stream.of(
                new LinkCommand.Ask(request, LinkMessagesTest.<Outcome>asker()),
                new LinkCommand.AskAgain(new LinkCommand.Ask(request, LinkMessagesTest.<Outcome>asker())),
                new LinkCommand.Say(new DomainPair("a.test", "b.test"), STANZA),
                new LinkCommand.Answer("7.b.test", STANZA),
                new LinkCommand.Heard(),
                new LinkCommand.WayBack(new DomainPair("a.test", "wave.b.test")),
                new LinkCommand.Confirm("wave.b.test", true, LinkMessagesTest.<Boolean>asker()),
                new LinkCommand.Relay(List.of(STANZA, STANZA), 7, LinkMessagesTest.<RelayOutcome>asker()),
                RelayOutcome.SENT,
                RelayOutcome.failed(ErrorCondition.REMOTE_SERVER_TIMEOUT, "down"),
                new LinkCommand.Wake(),
                new LinkCommand.Describe(LinkMessagesTest.<LinkView>asker()),
                new LinkCommand.RetryNow(LinkMessagesTest.<LinkView>asker()),
                new LinkCommand.CloseStreams(LinkMessagesTest.<LinkView>asker()),
                new LinkCommand.Stop(),
                new LinkDirectory.ListLinks(LinkMessagesTest.<LinkDirectory.Listed>asker()),
                new LinkDirectory.Listed(List.of("a.test|b.test")),
                true,
                new Outcome.Answered(STANZA),
                new Outcome.Refused(StanzaError.of(ErrorCondition.ITEM_NOT_FOUND, "no such wavelet")),
                new Outcome.Unreachable("down"),
                new Outcome.Overloaded("full"),
                new Outcome.TooLarge(10_000),
                new LinkView(
                        "a.test",
                        "b.test",
                        "up",
                        1,
                        "wave.b.test",
                        "TLS_FAILED: expired",
                        5,
                        2,
                        true,
                        3,
                        4,
                        List.of("stream"),
                        List.of(new LinkView.TraceStep(6, "looking for the wave service")),
                        new LinkView.Counters(1, 2, 3, 4, 5, 6)));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void messageArrivesAsItWas(Object message) {
        bytes.verifySerialization(message, true);
    }

    /** In {@code messages/1}, for ever; a change of their form gets a new folder beside. */
    @ParameterizedTest
    @MethodSource("messages")
    void whatAnEarlierReleaseWroteIsReadAsItWasMeant(Object message) throws Exception {
        Serialization serialization = SerializationExtension.get(Adapter.toClassic(kit.system()));
        if (!(serialization.findSerializerFor(message) instanceof SerializerWithStringManifest serializer)
                || serializer.identifier() != OURS) {
            assertThat(message).as("one of Pekko's own").isEqualTo(true);
            return;
        }
        String manifest = serializer.manifest(message);
        boolean error =
                message instanceof RelayOutcome relayed && relayed.error().isPresent();
        String file = "messages/1/" + manifest + (error ? "-error" : "") + ".cbor";
        byte[] stored =
                StoredMessages.read(file, serialization.serialize(message).get());
        assertThat(serialization
                        .deserialize(stored, serializer.identifier(), manifest)
                        .get())
                .isEqualTo(message);
    }

    @Test
    void everyCommandFromElsewhereIsAmongThem() {
        List<Class<?>> shown = messages().<Class<?>>map(Object::getClass).toList();
        List<Class<?>> travelling = Stream.<Class<?>>of(LinkCommand.class.getPermittedSubclasses())
                .filter(LinkMessage.class::isAssignableFrom)
                .filter(type -> !EdgeWire.class.isAssignableFrom(type))
                .toList();
        assertThat(shown).containsAll(travelling).containsAll(List.of(Outcome.class.getPermittedSubclasses()));
    }

    @Test
    void elementCutShortIsRefused() {
        byte[] whole = ElementBytes.write(STANZA);
        String half = new String(whole, StandardCharsets.UTF_8).substring(0, whole.length / 2);
        assertThatThrownBy(() -> ElementBytes.read(half.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut short");
    }
}
