package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.s2s.lab.LabComponent;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Components behind two gateways; streams between the gateways as in a network, components over real sockets. */
final class ComponentsTest {
    private static final String DISCO_ITEMS = "http://jabber.org/protocol/disco#items";
    private static final String PING = "urn:xmpp:ping";

    private static FakeNetwork network;
    private static TestNode ada;
    private static TestNode bee;

    @BeforeAll
    static void start() {
        network = new FakeNetwork();
        ada = new TestNode(
                "a.test",
                network,
                new InMemoryJournal(),
                """
                wavegate.s2s.links { retry-base = 50ms, relay.retry-max = 200ms }
                wavegate.s2s.components {
                  accept { "echo.a.test" { secret = one }, "other.a.test" { secret = two } }
                  limits.queue-bytes = 100000
                }
                """);
        bee = new TestNode(
                "b.test",
                network,
                new InMemoryJournal(),
                """
                wavegate.s2s.components.accept { "echo.b.test" { secret = three } }
                """);
    }

    @AfterAll
    static void stop() {
        ada.close();
        bee.close();
        network.close();
    }

    private static LabComponent echo() {
        return again("echo.a.test", ada, "one");
    }

    private static LabComponent echoAtBee() {
        return again("echo.b.test", bee, "three");
    }

    /** The connection of the test before may not be over yet. */
    private static LabComponent again(String domain, TestNode node, String secret) {
        return await().ignoreExceptions()
                .until(() -> LabComponent.connect(domain, node.componentPort(), secret), Objects::nonNull);
    }

    @Test
    void stanzasPassBetweenComponentsOfTwoGatewaysBothWays() throws Exception {
        try (LabComponent here = echo();
                LabComponent there = echoAtBee()) {
            here.send(
                    "<message id='m1' from='x@echo.a.test/r' to='y@echo.b.test'><body>h\u00e9 &amp; <![CDATA[<]]></body>"
                            + "</message>");
            assertThat(there.await("message", stanza -> stanza.contains("m1")))
                    .contains("from='x@echo.a.test/r'", "to='y@echo.b.test'", "h\u00e9 &amp; &lt;</body>")
                    .doesNotContain("xmlns='jabber:server'");
            there.send("<iq type='error' id='m2' from='y@echo.b.test' to='x@echo.a.test/r'/>");
            here.await("answer", stanza -> stanza.contains("m2"));
        }
    }

    @Test
    void orderIsKept() throws Exception {
        try (LabComponent here = echo();
                LabComponent there = echoAtBee()) {
            StringBuilder many = new StringBuilder();
            for (int i = 0; i < 500; i++) {
                many.append("<message id='n").append(i).append("' from='echo.a.test' to='echo.b.test'/>");
            }
            here.send(many.toString());
            there.await("the last", stanza -> stanza.contains("'n499'"));
            assertThat(there.arrived().stream().filter(stanza -> stanza.contains("id='n")))
                    .extracting(stanza -> LabComponent.attribute(stanza, "id").orElseThrow())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 500).mapToObj(i -> "n" + i).toList());
        }
    }

    @Test
    void componentsOfOneGatewayReachEachOther() throws Exception {
        try (LabComponent here = echo();
                LabComponent other = again("other.a.test", ada, "two")) {
            here.send("<message id='l1' from='echo.a.test' to='other.a.test'/>");
            other.await("message", stanza -> stanza.contains("l1"));
        }
    }

    @Test
    void ourDomainListsItsComponentsAndAnswersThem() throws Exception {
        try (LabComponent here = echo()) {
            assertThat(here.ask("a.test", "d1", DISCO_ITEMS, "query"))
                    .contains("jid='echo.a.test'", "jid='other.a.test'");
            assertThat(LabComponent.attribute(here.ask("a.test", "p1", PING, "ping"), "type"))
                    .contains("result");
            assertThat(here.ask("b.test", "d2", DISCO_ITEMS, "query")).contains("jid='echo.b.test'");
        }
    }

    @Test
    void whatCannotGoComesBackWithItsReason() throws Exception {
        try (LabComponent here = echo()) {
            assertBounce(here, "nowhere.test", "remote-server-timeout");
            assertBounce(here, "other.a.test", "remote-server-timeout");
            assertBounce(here, "x@@b.test", "jid-malformed");
            assertBounce(here, "user@b.test", "service-unavailable");
            here.send("<message id='noto' from='echo.a.test'/>");
            assertThat(here.await("bounce", stanza -> stanza.contains("noto"))).contains("bad-request");
        }
    }

    @Test
    void componentThatIsAwayIsSaidToBeAway() throws Exception {
        try (LabComponent here = echo()) {
            assertBounce(here, "echo.b.test", "remote-server-timeout");
            here.send("<message type='error' id='silent' from='echo.a.test' to='echo.b.test'/>");
            assertThat(here.ask("a.test", "p2", PING, "ping")).isNotEmpty();
            assertThat(here.arrived()).noneMatch(stanza -> stanza.contains("silent"));
        }
    }

    private static void assertBounce(LabComponent here, String to, String condition) throws IOException {
        String id = "to-" + to;
        here.send("<message id='" + id + "' from='me@echo.a.test' to='" + to + "'><body>x</body></message>");
        String bounce = here.await("bounce of " + to, stanza -> LabComponent.attribute(stanza, "id")
                .equals(Optional.of(id)));
        assertThat(bounce)
                .contains("type='error'", condition, "to='me@echo.a.test'")
                .doesNotContain("<body>");
    }

    @Test
    void secondConnectionIsRefusedAndTheFirstStays() throws Exception {
        try (LabComponent here = echo()) {
            assertThatThrownBy(() -> LabComponent.connect("echo.a.test", ada.componentPort(), "one"))
                    .hasMessageContaining("conflict");
            assertThat(here.ask("a.test", "p3", PING, "ping")).isNotEmpty();
        }
        echo().close();
    }

    @Test
    void wrongSecretAndUnknownNameAreRefused() {
        assertThatThrownBy(() -> LabComponent.connect("echo.a.test", ada.componentPort(), "wrong"))
                .hasMessageContaining("not-authorized");
        assertThatThrownBy(() -> LabComponent.connect("nobody.a.test", ada.componentPort(), "one"))
                .hasMessageContaining("host-unknown");
    }

    @Test
    void foreignSenderEndsTheConnectionAndNothingOfItPasses() throws Exception {
        try (LabComponent here = echo();
                LabComponent there = echoAtBee()) {
            here.send("<message id='forged' from='other.a.test' to='echo.b.test'/>");
            await().until(here::isClosed);
            assertThat(here.leftUnread()).contains("invalid-from");
            assertThat(there.arrived()).noneMatch(stanza -> stanza.contains("forged"));
        }
    }

    @Test
    void componentThatDoesNotReadCostsABoundedQueueAndItsSendersAreTold() throws Exception {
        try (LabComponent there = echoAtBee();
                LabComponent deaf = LabComponent.deaf("other.a.test", ada.componentPort(), "two")) {
            String body = "x".repeat(50_000);
            for (int i = 0; i < 400; i++) {
                there.send("<message id='big" + i + "' from='echo.b.test' to='" + deaf.domain() + "'><body>" + body
                        + "</body></message>");
            }
            assertThat(there.await("bounce", stanza -> stanza.contains("type='error'")))
                    .contains("resource-constraint");
        }
        try (LabComponent there = echoAtBee()) {
            // The other domain's other traffic was never held up.
            assertThat(there.ask("a.test", "p4", PING, "ping")).isNotEmpty();
        }
    }

    @Test
    void sendersOfWhatAComponentDidNotTakeBeforeItWentAwayAreTold() throws Exception {
        try (LabComponent there = echoAtBee()) {
            AtomicInteger attempt = new AtomicInteger();
            // The kernel may have taken all that waited in the moment before the end; then again.
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                String id = "'late" + attempt.incrementAndGet() + "'";
                floodOneThatGoes(there, id);
                awaitThatItIsGone(there, attempt.get());
                return there.arrived().stream()
                        .filter(stanza -> stanza.contains(id) && stanza.contains("went away"))
                        .peek(bounce -> assertThat(bounce).contains("remote-server-timeout", "it may have arrived"))
                        .findFirst()
                        .isPresent();
            });
        }
    }

    /** Until the component's own queue is full for long: that of the link on the way may be full before anything waits there. */
    private static void floodOneThatGoes(LabComponent there, String id) throws Exception {
        try (LabComponent deaf = LabComponent.deaf("other.a.test", ada.componentPort(), "two")) {
            String message = "<message id=" + id + " from='echo.b.test' to='" + deaf.domain() + "'><body>"
                    + "x".repeat(50_000) + "</body></message>";
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                for (int i = 0; i < 20; i++) {
                    there.send(message);
                }
                return there.arrived().stream()
                                .filter(stanza -> stanza.contains(id) && stanza.contains("does not keep up"))
                                .count()
                        >= 60;
            });
        }
    }

    /** What waits on the way to its gateway is bounced one after the other, and so long there is too much. */
    private static void awaitThatItIsGone(LabComponent there, int attempt) {
        AtomicInteger sent = new AtomicInteger();
        await().until(() -> {
            String id = "'after" + attempt + "." + sent.incrementAndGet() + "'";
            there.send("<message id=" + id + " from='echo.b.test' to='other.a.test'/>");
            String answer = there.await("bounce", stanza -> stanza.contains(id));
            return answer.contains("remote-server-timeout") && answer.contains("not connected");
        });
    }
}
