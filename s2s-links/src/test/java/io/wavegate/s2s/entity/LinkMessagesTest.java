package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
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

    private static ActorTestKit kit;
    private static SerializationTestKit bytes;

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
        bytes = kit.serializationTestKit();
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    static Stream<Object> messages() {
        OutboundRequest request =
                new OutboundRequest(OutboundRequest.Form.IQ_SET, List.of(STANZA, STANZA), Optional.of(STANZA), 1_000);
        return Stream.of(
                new LinkCommand.Ask(request, kit.<Outcome>createTestProbe().getRef()),
                new LinkCommand.AskAgain(new LinkCommand.Ask(
                        request, kit.<Outcome>createTestProbe().getRef())),
                new LinkCommand.Say(new DomainPair("a.test", "b.test"), STANZA),
                new LinkCommand.Answer("7.b.test", STANZA),
                new LinkCommand.Heard(),
                new LinkCommand.WayBack(new DomainPair("a.test", "wave.b.test")),
                new LinkCommand.Confirm(
                        "wave.b.test", true, kit.<Boolean>createTestProbe().getRef()),
                new LinkCommand.Relay(
                        List.of(STANZA, STANZA),
                        7,
                        kit.<RelayOutcome>createTestProbe().getRef()),
                RelayOutcome.SENT,
                RelayOutcome.failed(ErrorCondition.REMOTE_SERVER_TIMEOUT, "down"),
                new LinkCommand.Wake(),
                new LinkCommand.Describe(kit.<LinkView>createTestProbe().getRef()),
                new LinkCommand.RetryNow(kit.<LinkView>createTestProbe().getRef()),
                new LinkCommand.CloseStreams(kit.<LinkView>createTestProbe().getRef()),
                new LinkCommand.Stop(),
                new LinkDirectory.ListLinks(
                        kit.<LinkDirectory.Listed>createTestProbe().getRef()),
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
