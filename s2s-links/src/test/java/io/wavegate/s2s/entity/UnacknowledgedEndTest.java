package io.wavegate.s2s.entity;

import static io.wavegate.s2s.hostile.HostileServer.EXTERNAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.hostile.HostileServer;
import io.wavegate.s2s.hostile.HostileServer.Conversation;
import io.wavegate.s2s.lab.LabComponent;
import io.wavegate.s2s.netty.LoopbackGateway;
import io.wavegate.s2s.stream.StreamPolicy;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A component's stanza to a server with XEP-0198, over real sockets, and we close the stream: what that server never
 * acknowledged comes back, however its own end looks, and what it did acknowledge does not.
 */
final class UnacknowledgedEndTest {
    private static final String ECHO = "echo.a.test";
    private static final String EVE = "eve.test";
    private static final String END = "</stream:stream>";

    private LoopbackGateway.Network network;
    private HostileServer eve;
    private TestNode ada;
    private LabComponent echo;

    @BeforeEach
    void start() throws Exception {
        network = new LoopbackGateway.Network();
        eve = new HostileServer(EVE);
        network.put(EVE, eve.address());
        ada = new TestNode(
                "a.test",
                new InMemoryJournal(),
                """
                wavegate.s2s.links { idle-timeout = 1s, unused-for = 1s }
                wavegate.s2s.components.accept { "echo.a.test" { secret = one } }
                """,
                (receiver, hosts) -> new LoopbackGateway(
                                network,
                                ECHO,
                                LoopbackGateway.settings(StreamPolicy.DEFAULT, "streams.timeouts.closing = 20s"),
                                receiver)
                        .streams);
        echo = LabComponent.connect(ECHO, ada.componentPort(), "one");
    }

    @AfterEach
    void stop() throws Exception {
        echo.close();
        eve.close();
        ada.close();
    }

    @Test
    void whatWasNeverAcknowledgedComesBackOnceThoughTheConnectionIsDroppedAfterOurEnd() throws Exception {
        eve.script(server -> takes(server).reads(END));
        say("m1");
        assertThat(echo.await("bounce", stanza -> stanza.contains("'m1'")))
                .contains("type='error'", "remote-server-timeout", "before eve.test acknowledged this");
        assertThat(link().lastError()).contains("closed-by-us");
        assertThat(link().counters().failed()).isEqualTo(1);
        theNextAnswer("after");
        assertThat(aboutIt("m1")).hasSize(1);
    }

    @Test
    void whatIsAcknowledgedWithTheOtherEndDoesNotComeBack() throws Exception {
        eve.script(server -> takes(server).reads(END).sends("<a xmlns='urn:xmpp:sm:3' h='1'/>" + END));
        say("m1");
        awaitStep("stream to eve.test ended: closed-by-us");
        assertThat(link().lastError()).isEmpty();
        theNextAnswer("after");
        assertThat(aboutIt("m1")).isEmpty();
    }

    @Test
    void itComesBackWhenTheLinkIsForgottenMeanwhile() throws Exception {
        CountDownLatch forgotten = new CountDownLatch(1);
        eve.script(server -> {
            takes(server).reads(END);
            try {
                forgotten.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        say("m1");
        eve.heard(END);
        await().atMost(Duration.ofSeconds(30)).until(() -> ada.links.links().toCompletableFuture().join().stream()
                .noneMatch(link -> link.remote().equals(EVE)));
        assertThat(aboutIt("m1")).isEmpty();
        forgotten.countDown();
        echo.await("bounce", stanza -> stanza.contains("'m1'") && stanza.contains("remote-server-timeout"));
    }

    /** Up to the stanza, which is not acknowledged. */
    private static Conversation takes(Conversation server) throws IOException, GeneralSecurityException {
        return server.opens("1", EXTERNAL)
                .reads("</auth>")
                .sends("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>")
                .answersHeader("2", "<sm xmlns='urn:xmpp:sm:3'/>")
                .sends("<enabled xmlns='urn:xmpp:sm:3'/>")
                .reads("<message");
    }

    private void say(String id) throws IOException {
        echo.send("<message id='" + id + "' from='echo.a.test' to='eve.test'/>");
    }

    /** Of what was to come before it, all has come. */
    private void theNextAnswer(String id) throws IOException {
        echo.ask("a.test", id, "urn:xmpp:ping", "ping");
    }

    private List<String> aboutIt(String id) {
        return echo.arrived().stream()
                .filter(stanza -> stanza.contains("'" + id + "'"))
                .toList();
    }

    private LinkView link() {
        return ada.links.link(ECHO, EVE).toCompletableFuture().join();
    }

    private void awaitStep(String text) {
        await().atMost(Duration.ofSeconds(30)).until(() -> link().trace().stream()
                .anyMatch(step -> step.text().startsWith(text)));
    }
}
