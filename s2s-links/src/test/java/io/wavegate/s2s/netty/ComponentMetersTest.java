package io.wavegate.s2s.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.component.ComponentLimits;
import io.wavegate.s2s.component.ComponentReceiver;
import io.wavegate.s2s.component.ComponentSecret;
import io.wavegate.s2s.component.ComponentStream;
import io.wavegate.s2s.component.ComponentsSettings;
import io.wavegate.s2s.lab.LabComponent;
import io.wavegate.s2s.stream.StanzaReceiver.Reception;
import io.wavegate.s2s.xml.XmlElement;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Components' connections are bounded, and an operator sees how many there are and why others are not. */
class ComponentMetersTest {
    private static final String OPEN = "wavegate_s2s_component_connections";
    private static final String ENDED = "wavegate_s2s_components_ended";
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress("127.0.0.1", 0);
    private static final int MOST = 2;

    private final NettyComponents server = start(List.of(ANYWHERE), Map.of());
    private final int port = server.addresses().get(0).getPort();

    @AfterEach
    void stop() {
        server.close();
    }

    private static NettyComponents start(
            List<InetSocketAddress> listen, Map<String, ComponentsSettings.Connected> connect) {
        ComponentsSettings settings = new ComponentsSettings(
                listen,
                Stream.of("one", "two", "three")
                        .collect(Collectors.toMap(
                                name -> name, name -> new ComponentsSettings.Accepted(new ComponentSecret(name)))),
                connect,
                new ComponentLimits(Duration.ofSeconds(20), Duration.ofSeconds(1), 100_000),
                100_000,
                100_000,
                MOST,
                Duration.ofMillis(50),
                Duration.ofMinutes(1),
                Duration.ofMinutes(2));
        StreamsSettings streams =
                StreamsSettings.from(ConfigFactory.load().resolve().getConfig("wavegate.s2s"));
        return NettyComponents.start(settings, streams, new Nobody());
    }

    private static long meter(NettyComponents components, String name, String... labels) {
        return components.meters().stream()
                .filter(meter ->
                        meter.name().equals(name) && meter.labels().values().containsAll(List.of(labels)))
                .mapToLong(meter -> meter.value().getAsLong())
                .sum();
    }

    private LabComponent connected(String name) throws IOException {
        return LabComponent.connect(name, port, name);
    }

    @Test
    void connectionsAreCountedWhileTheyAreOpenAndByReasonWhenTheyEnd() throws Exception {
        assertThat(meter(server, OPEN + "_allowed")).isEqualTo(MOST);
        try (LabComponent one = connected("one")) {
            assertThat(meter(server, OPEN, "in")).isEqualTo(1);
            assertThatThrownBy(() -> LabComponent.connect("two", port, "wrong")).hasMessageContaining("not-authorized");
            await().untilAsserted(() -> assertThat(meter(server, OPEN, "in")).isEqualTo(1));
            assertThatThrownBy(() -> LabComponent.connect("one", port, "one")).hasMessageContaining("conflict");
            assertThat(one.isClosed()).isFalse();
            assertThat(meter(server, ENDED, "in", "authentication-failed")).isEqualTo(1);
            assertThat(meter(server, ENDED, "in", "policy-refused")).isEqualTo(1);
            assertThat(meter(server, "wavegate_s2s_component_errors", "sent", "conflict"))
                    .isEqualTo(1);
        }
        await().untilAsserted(() -> assertThat(meter(server, OPEN, "in")).isZero());
        assertThat(meter(server, ENDED, "in")).isEqualTo(3);
    }

    @Test
    void oneMoreThanTheMostIsToldSoAndCounted() throws Exception {
        try (LabComponent one = connected("one");
                LabComponent two = connected("two")) {
            assertThatThrownBy(() -> connected("three"))
                    .hasMessageContaining("resource-constraint")
                    .hasMessageContaining("2 at once are allowed");
            assertThat(meter(server, ENDED, "in", "limit-exceeded")).isEqualTo(1);
            assertThat(meter(server, OPEN, "in")).isEqualTo(MOST);
            assertThat(one.isClosed() || two.isClosed()).isFalse();
        }
        await().untilAsserted(() -> assertThat(meter(server, OPEN, "in")).isZero());
        connected("three").close();
    }

    @Test
    void connectionsOfOursAreCountedToo() {
        NettyComponents client = start(
                List.of(),
                Map.of(
                        "one",
                        new ComponentsSettings.Connected(
                                server.addresses().get(0), "a.test", new ComponentSecret("one")),
                        "nowhere",
                        new ComponentsSettings.Connected(
                                new InetSocketAddress("127.0.0.1", 1), "b.test", new ComponentSecret("one"))));
        try {
            client.dial();
            await().untilAsserted(() -> assertThat(meter(client, OPEN, "out")).isEqualTo(1));
            await().untilAsserted(
                            () -> assertThat(meter(client, "wavegate_s2s_components_not_opened", "connect-failed"))
                                    .isPositive());
            server.leave().toCompletableFuture().join();
            await().untilAsserted(() -> assertThat(meter(client, ENDED, "out", "remote-stream-error"))
                    .isEqualTo(1));
            assertThat(meter(client, "wavegate_s2s_component_errors", "received", "system-shutdown"))
                    .isEqualTo(1);
        } finally {
            client.close();
        }
    }

    /** Takes everything and does nothing. */
    private static final class Nobody implements ComponentReceiver {
        private static final Reception DONE =
                new Reception(CompletableFuture.completedFuture(null), CompletableFuture.completedFuture(null));

        @Override
        public Reception fromComponent(String host, List<XmlElement> stanzas) {
            return DONE;
        }

        @Override
        public Reception fromServer(String host, List<XmlElement> stanzas) {
            return DONE;
        }

        @Override
        public boolean mayConnect(String host) {
            return true;
        }

        @Override
        public void accepted(ComponentStream connection) {}

        @Override
        public void connected(ComponentStream connection) {}
    }
}
