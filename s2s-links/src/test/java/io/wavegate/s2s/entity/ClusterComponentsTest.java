package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.s2s.api.LinkOperations.LinkWatch;
import io.wavegate.s2s.api.WatchedEvent;
import io.wavegate.s2s.component.ComponentStream;
import io.wavegate.s2s.lab.LabComponent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Components of a cluster of two edges and a node that runs links. What is for them arrives at the second edge, whoever it is;
 * they connect to the first. Streams between the gateways are as in a network, components come over real sockets.
 */
final class ClusterComponentsTest {
    private static final String DISCO_ITEMS = "http://jabber.org/protocol/disco#items";
    private static final String PING = "urn:xmpp:ping";
    private static final String RELAY = "wavegate.s2s.links { retry-base = 50ms, relay.retry-max = 200ms }\n";
    private static final AtomicInteger IDS = new AtomicInteger();

    private static FakeNetwork network;
    private static TestNode bee;
    private static TestNode cee;
    private static ClusterOfNodes cluster;
    private static ClusterOfNodes.Node first;
    private static ClusterOfNodes.Node second;

    @BeforeAll
    static void start() {
        network = new FakeNetwork();
        bee = new TestNode(
                "b.test",
                network,
                new InMemoryJournal(),
                RELAY + "wavegate.s2s.components.accept { \"echo.b.test\" { secret = three } }");
        // The server whose component our domain is.
        cee = new TestNode(
                "c.test",
                network,
                new InMemoryJournal(),
                """
                wavegate.s2s.components.accept { "wave.a.test" { secret = four }, "echo.c.test" { secret = five } }
                """);
        cluster = new ClusterOfNodes(
                """
                components {
                  accept { "echo.a.test" { secret = one }, "other.a.test" { secret = two } }
                  connect { "wave.a.test" { server = "127.0.0.1:%d", secret = four } }
                  limits.queue-bytes = 100000
                  retry-base = 20ms, retry-max = 200ms
                }
                """
                        .formatted(cee.componentPort()));
        cluster.shard();
        first = cluster.edge(network);
        second = cluster.edge(network);
    }

    @AfterAll
    static void stop() {
        cluster.close();
        bee.close();
        cee.close();
        network.close();
    }

    private static LabComponent at(ClusterOfNodes.Node edge, String domain, String secret) {
        return again(domain, edge.componentPort(), secret);
    }

    private static LabComponent echo() {
        return at(first, "echo.a.test", "one");
    }

    private static LabComponent echoAtBee() {
        return again("echo.b.test", bee.componentPort(), "three");
    }

    /** The connection of the test before may not be over yet. */
    private static LabComponent again(String domain, int port, String secret) {
        return await().ignoreExceptions().until(() -> LabComponent.connect(domain, port, secret), Objects::nonNull);
    }

    /** Until both edges know where it is, what is for it comes back. */
    private static void reach(LabComponent there, LabComponent here) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            String id = "'reach" + IDS.incrementAndGet() + "'";
            there.send("<message id=" + id + " from='" + there.domain() + "' to='" + here.domain() + "'/>");
            await().until(() -> has(here, id) || has(there, id));
            return has(here, id);
        });
    }

    private static boolean has(LabComponent component, String text) {
        return component.arrived().stream().anyMatch(stanza -> stanza.contains(text));
    }

    @Test
    void whatArrivesAtAnotherEdgeReachesTheComponentInOrderAndItsAnswersGoBack() throws Exception {
        try (LabComponent here = echo();
                LabComponent there = echoAtBee()) {
            reach(there, here);
            StringBuilder many = new StringBuilder();
            for (int i = 0; i < 500; i++) {
                many.append("<message id='n").append(i).append("' from='echo.b.test' to='echo.a.test'/>");
            }
            there.send(many.toString());
            here.await("the last", stanza -> stanza.contains("'n499'"));
            assertThat(here.arrived().stream().filter(stanza -> stanza.contains("id='n")))
                    .extracting(stanza -> LabComponent.attribute(stanza, "id").orElseThrow())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 500).mapToObj(i -> "n" + i).toList());
            here.send("<iq type='error' id='back' from='echo.a.test' to='echo.b.test'/>");
            there.await("answer", stanza -> stanza.contains("'back'"));
        }
    }

    @Test
    void componentsOfTwoEdgesReachEachOtherAndOurDomainListsBothToEither() throws Exception {
        try (LabComponent here = echo();
                LabComponent other = at(second, "other.a.test", "two")) {
            reach(here, other);
            reach(other, here);
            for (LabComponent one : List.of(here, other)) {
                assertThat(one.ask("a.test", "items", DISCO_ITEMS, "query"))
                        .contains("jid='echo.a.test'", "jid='other.a.test'");
            }
        }
    }

    @Test
    void componentIsConnectedOnceInTheClusterAndWhenItIsGoneItsSendersAreTold() throws Exception {
        try (LabComponent there = echoAtBee()) {
            try (LabComponent here = echo()) {
                reach(there, here);
                assertThatThrownBy(() -> LabComponent.connect("echo.a.test", second.componentPort(), "one"))
                        .hasMessageContaining("conflict");
                assertThat(here.ask("a.test", "alive", PING, "ping")).contains("result");
            }
            await().untilAsserted(() -> {
                String id = "'gone" + IDS.incrementAndGet() + "'";
                there.send("<message id=" + id + " from='echo.b.test' to='echo.a.test'/>");
                assertThat(there.await("bounce", stanza -> stanza.contains(id)))
                        .contains("remote-server-timeout", "not connected");
            });
            at(second, "echo.a.test", "one").close();
        }
    }

    @Test
    void componentThatDoesNotReadCostsABoundedQueueOnEachNodeAndWhatItNeverTookComesBack() throws Exception {
        try (LabComponent there = echoAtBee()) {
            try (LabComponent deaf = LabComponent.deaf("other.a.test", first.componentPort(), "two")) {
                String message = "<message id='big' from='echo.b.test' to='" + deaf.domain() + "'><body>"
                        + "x".repeat(20_000) + "</body></message>";
                ComponentStream connection =
                        first.components().orElseThrow().accepted(deaf.domain()).orElseThrow();
                // What is refused may only have been too much at once for the way between the nodes: until TCP takes no
                // more.
                await().during(Duration.ofSeconds(1))
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> {
                            boolean stuck = connection.waiting() > 50_000;
                            for (int i = 0; i < 20 && !stuck; i++) {
                                there.send(message);
                            }
                            return stuck;
                        });
                assertThat(there.await("bounce", stanza -> stanza.contains("does not keep up")))
                        .contains("resource-constraint");
            }
            assertThat(there.await("bounce of what waited", stanza -> stanza.contains("went away")))
                    .contains("remote-server-timeout", "it may have arrived");
        }
    }

    @Test
    void whatALinkOnAnotherNodeGivesUpLaterComesBackToTheComponent() throws Exception {
        network.maxBytes.put("echo.b.test", 1_000);
        try (LabComponent here = echo();
                LabComponent there = echoAtBee()) {
            reach(there, here);
            here.send("<message id='large' from='echo.a.test' to='echo.b.test'><body>" + "x".repeat(2_000)
                    + "</body></message>");
            assertThat(here.await("bounce", stanza -> stanza.contains("'large'")))
                    .contains("type='error'");
            assertThat(has(there, "'large'")).isFalse();
        } finally {
            network.maxBytes.clear();
        }
    }

    @Test
    void operatorSeesAtAnyNodeWhatPassesALinkAtTheOthers() throws Exception {
        List<WatchedEvent> seen = new CopyOnWriteArrayList<>();
        try (LabComponent here = echo();
                LabComponent there = echoAtBee();
                LinkWatch watch = first.links().watch("echo.a.test", "echo.b.test", seen::add)) {
            reach(there, here);
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                here.send("<message id='watched' from='echo.a.test' to='echo.b.test'/>");
                there.send("<message id='watched' from='echo.b.test' to='echo.a.test'/>");
                // The link is on the node without sockets; what comes is seen at the second edge.
                return shown(seen, WatchedEvent.Kind.SENT) && shown(seen, WatchedEvent.Kind.RECEIVED);
            });
        }
    }

    private static boolean shown(List<WatchedEvent> seen, WatchedEvent.Kind kind) {
        return seen.stream()
                .anyMatch(event -> event.kind() == kind && event.text().contains("watched"));
    }

    /** Whoever is connected as {@code wave.a.test} at the other server. */
    private static List<ClusterOfNodes.Node> holders() {
        return List.of(first, second).stream()
                .filter(edge ->
                        edge.components().orElseThrow().connected("wave.a.test").isPresent())
                .toList();
    }

    private static void pingByWayOfTheOtherServer() {
        try (LabComponent asker = again("echo.c.test", cee.componentPort(), "five")) {
            await().pollInterval(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        // What an edge was about to send when it died is asked for again.
                        String id = "'ping" + IDS.incrementAndGet() + "'";
                        asker.send("<iq type='get' id=" + id + " from='echo.c.test' to='wave.a.test'><ping xmlns='"
                                + PING + "'/></iq>");
                        return asker.arrived().stream()
                                .anyMatch(stanza -> stanza.contains("'ping") && stanza.contains("'result'"));
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void oneEdgeIsConnectedAsAComponentAndAnotherTakesOverWhenItLeavesOrDies() throws Exception {
        await().atMost(Duration.ofSeconds(30)).until(() -> holders().size() == 1);
        pingByWayOfTheOtherServer();
        try (LabComponent there = echoAtBee()) {
            leaveWithPendingStanza(holders().get(0), there);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> holders().size() == 1);
        pingByWayOfTheOtherServer();

        ClusterOfNodes.Node dying = holders().get(0);
        cluster.kill(dying);
        replace(dying);
        await().atMost(Duration.ofSeconds(60)).until(() -> holders().size() == 1);
        pingByWayOfTheOtherServer();
    }

    /** A component of the node that leaves gets what was asked of it and gives its answer, before it is sent away. */
    private static void leaveWithPendingStanza(ClusterOfNodes.Node edge, LabComponent there) throws Exception {
        try (LabComponent here = at(edge, "echo.a.test", "one")) {
            reach(there, here);
            Thread leaving = new Thread(() -> cluster.leave(edge));
            leaving.start();
            while (!here.isClosed()) {
                String id = "'last" + IDS.incrementAndGet() + "'";
                there.send("<message id=" + id + " from='echo.b.test' to='echo.a.test'/>");
                await().until(() -> has(here, id) || has(there, id));
            }
            leaving.join();
            assertThat(here.leftUnread()).contains("system-shutdown");
            assertThat(there.arrived().stream().filter(stanza -> stanza.contains("'last")))
                    .allMatch(stanza -> stanza.contains("remote-server-timeout"));
        }
        replace(edge);
        try (LabComponent here = echo()) {
            reach(there, here);
        }
    }

    private static void replace(ClusterOfNodes.Node gone) {
        ClusterOfNodes.Node fresh = cluster.edge(network);
        if (gone == first) {
            first = second;
        }
        second = fresh;
    }
}
