package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.s2s.LogLines;
import io.wavegate.s2s.api.LinkOperations.LinkWatch;
import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.api.WatchedEvent;
import io.wavegate.s2s.api.WatchedEvent.Kind;
import io.wavegate.s2s.lab.LabComponent;
import io.wavegate.s2s.stream.DomainPair;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators see of components' links and do to them, and how such a link looks after its streams. */
final class ComponentLinksTest {
    private static final String ECHO = "echo.a.test";
    private static final DomainPair LINK = new DomainPair(ECHO, "b.test");

    private FakeNetwork network;
    private TestNode ada;
    private TestNode bee;
    private LabComponent echo;

    @BeforeEach
    void start() throws Exception {
        network = new FakeNetwork();
        ada = new TestNode(
                "a.test",
                network,
                new InMemoryJournal(),
                """
                wavegate.s2s.links { relay.retry-max = 1h, retry-base = 1m, trust-idle-for = 0s, check-timeout = 300ms }
                wavegate.s2s.components.accept { "echo.a.test" { secret = one } }
                """);
        bee = new TestNode(
                "b.test",
                network,
                new InMemoryJournal(),
                """
                wavegate.s2s.components.accept { "echo.b.test" { secret = two } }
                """);
        echo = LabComponent.connect(ECHO, ada.componentPort(), "one");
    }

    @AfterEach
    void stop() throws Exception {
        echo.close();
        ada.close();
        bee.close();
        network.close();
    }

    @Test
    void operatorsWatchStanzasBothWaysAndWhatBecomesOfStreams() throws Exception {
        List<WatchedEvent> seen = new CopyOnWriteArrayList<>();
        List<WatchedEvent> other = new CopyOnWriteArrayList<>();
        try (LinkWatch watch = ada.links.watch(ECHO, "b.test", seen::add);
                LinkWatch elsewhere = ada.links.watch("a.test", "b.test", other::add)) {
            askForItems("w1");
            network.cut("b.test");
            echo.send("<message id='w2' from='echo.a.test' to='b.test'/>");
            echo.await("bounce", stanza -> stanza.contains("'w2'"));
            await().until(() -> has(seen, Kind.HAPPENED, "no stream: connect-failed"));
        }
        assertThat(has(seen, Kind.HAPPENED, "the link is opening")).isTrue();
        assertThat(has(seen, Kind.HAPPENED, "stream is open")).isTrue();
        assertThat(has(seen, Kind.HAPPENED, "the link is up")).isTrue();
        assertThat(has(seen, Kind.SENT, "disco#items")).isTrue();
        assertThat(has(seen, Kind.RECEIVED, "echo.b.test")).isTrue();
        assertThat(has(seen, Kind.HAPPENED, "stream ended: connection-lost")).isTrue();
        assertThat(has(seen, Kind.HAPPENED, "the link is down")).isTrue();
        assertThat(other).isEmpty();
    }

    private static boolean has(List<WatchedEvent> seen, Kind kind, String text) {
        return seen.stream()
                .anyMatch(event -> event.kind() == kind
                        && event.local().equals(ECHO)
                        && event.remote().equals("b.test")
                        && event.text().contains(text));
    }

    @Test
    void retryAsksDnsAnewAndOpensAStreamWhateverTheBackoffSays() throws Exception {
        network.cut("b.test");
        echo.send("<message id='r1' from='echo.a.test' to='b.test'/>");
        echo.await("bounce", stanza -> stanza.contains("'r1'"));
        LinkView down = get(ada.links.link(ECHO, "b.test"));
        assertThat(down.phase()).isEqualTo("down");
        assertThat(down.trace()).extracting(LinkView.TraceStep::text).contains("connect-failed: nobody at b.test");
        network.mend("b.test");
        int before = dials();
        assertThat(get(ada.links.retry(ECHO, "b.test")).phase()).isEqualTo("opening");
        // By the edge, which hears of it beside the operator.
        await().untilAsserted(() -> assertThat(network.forgotten).containsExactly("b.test"));
        await().until(() -> get(ada.links.link(ECHO, "b.test")).phase().equals("up"));
        assertThat(dials()).isEqualTo(before + 1);
        askForItems("r2");
    }

    @Test
    void logTellsOnceForEachCauseThatTheLinkIsDownAndWhenItIsUpAgain() throws Exception {
        try (LogLines log = new LogLines(PhaseReport.class)) {
            network.cut("b.test");
            for (int i = 0; i < 3; i++) {
                int attempt = dials() + 1;
                get(ada.links.retry(ECHO, "b.test"));
                await().until(() -> dials() == attempt
                        && get(ada.links.link(ECHO, "b.test")).phase().equals("down"));
            }
            network.mend("b.test");
            get(ada.links.retry(ECHO, "b.test"));
            await().until(() -> log.lines.stream().anyMatch(line -> line.contains("is up")));
            assertThat(log.lines)
                    .filteredOn(line -> line.contains(ECHO))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith(
                                            "INFO Link echo.a.test -> b.test is down: connect-failed: nobody at b.test.")
                                    .contains("bounced", "wavegate links retry", "wavegate check"),
                            line -> assertThat(line).isEqualTo("INFO Link echo.a.test -> b.test is up"));
        }
    }

    @Test
    void idleStreamIsAskedForASignOfLifeOfWhichTheComponentKnowsNothing() throws Exception {
        askForItems("p1");
        askForItems("p2");
        assertThat(network.wire)
                .anyMatch(stanza -> stanza.contains("urn:xmpp:ping") && stanza.contains("from='echo.a.test'"));
        assertThat(dials()).as("it lives").isEqualTo(1);
        assertThat(echo.arrived()).noneMatch(stanza -> stanza.contains("wavegate-ping-"));
    }

    @Test
    void whatWaitsForASignOfLifeThatDoesNotComeGoesOnANewStream() throws Exception {
        try (LabComponent silent = LabComponent.connect("echo.b.test", bee.componentPort(), "two")) {
            for (String id : List.of("s1", "s2", "s3")) {
                echo.send("<message id='" + id + "' from='echo.a.test' to='echo.b.test'/>");
                silent.await(id, stanza -> stanza.contains("'" + id + "'"));
            }
            assertThat(silent.arrived()).anyMatch(stanza -> stanza.contains("wavegate-ping-"));
            assertThat(network.dialled.stream().filter(new DomainPair(ECHO, "echo.b.test")::equals))
                    .hasSize(3);
        }
    }

    private void askForItems(String id) throws Exception {
        assertThat(echo.ask("b.test", id, "http://jabber.org/protocol/disco#items", "query"))
                .contains("echo.b.test");
    }

    private int dials() {
        return (int) network.dialled.stream().filter(LINK::equals).count();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
