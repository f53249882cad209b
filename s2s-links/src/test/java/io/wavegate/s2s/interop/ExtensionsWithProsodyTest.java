package io.wavegate.s2s.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.s2s.lab.LabComponent;
import io.wavegate.s2s.lab.PeerLab;
import io.wavegate.s2s.lab.PeerServer;
import io.wavegate.s2s.lab.PeerServer.Authentication;
import io.wavegate.s2s.lab.Peers;
import io.wavegate.s2s.lab.Prosody;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.Xmlns;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways back and acknowledgements with a Prosody that has them, in both roles. */
class ExtensionsWithProsodyTest {
    /** As in reference.conf. */
    private static final int ASKED_EVERY = 32;

    private static final String US = "gateway.example";
    private static final String PING = "urn:xmpp:ping";

    @TempDir
    Path folder;

    @BeforeAll
    static void prosodyIsThere() {
        Peers.need("prosody", "prosody");
    }

    private static PeerServer prosody(PeerLab lab) throws IOException {
        return Prosody.start(
                lab,
                "prosody.example",
                Authentication.EXTERNAL,
                lab.certificate("prosody.example"),
                List.of("s2s_bidi", "smacks"));
    }

    private static LabGateway gateway(PeerLab lab) throws IOException {
        return new LabGateway(lab, US, StreamPolicy.Authentication.CERTIFICATE);
    }

    private static void awaitAnswer(LabGateway gateway, String id) {
        await().atMost(Duration.ofSeconds(30)).until(() -> gateway.arrived().stream()
                .anyMatch(stanza -> stanza.attribute("id").filter(id::equals).isPresent()));
    }

    @Test
    void itAnswersOnOurStreamWhenItCannotReachUs() throws Exception {
        try (PeerLab lab = new PeerLab(folder);
                PeerServer prosody = prosody(lab);
                LabGateway gateway = gateway(lab)) {
            lab.hide(US);
            OutgoingStream stream = gateway.open(prosody.domain()).join();
            gateway.ask(stream, "ping-1", PING, "ping");
            try {
                awaitAnswer(gateway, "ping-1");
            } catch (RuntimeException e) {
                throw new AssertionError(prosody.log(), e);
            }
        }
    }

    @Test
    void weAnswerOnItsStreamWhenWeCannotReachIt() throws Exception {
        try (PeerLab lab = new PeerLab(folder);
                PeerServer prosody = prosody(lab);
                LabGateway gateway = gateway(lab);
                LabComponent component = LabComponent.behind(prosody)) {
            lab.hide(component.domain());
            component.send(
                    "<message from='" + component.domain() + "' to='" + US + "' id='m1'><body>hi</body></message>");
            try {
                awaitAnswer(gateway, "m1");
                XmlElement back = XmlElement.builder(Xmlns.SERVER, "message")
                        .attribute("id", "m2")
                        .attribute("from", US)
                        .attribute("to", component.domain())
                        .build();
                OutgoingStream stream = gateway.open(component.domain()).join();
                stream.send(List.of(back)).toCompletableFuture().get(20, TimeUnit.SECONDS);
                component.await("message back", stanza -> stanza.contains("m2"));
            } catch (RuntimeException e) {
                throw new AssertionError(prosody.log(), e);
            }
        }
    }

    @Test
    void itAcknowledgesWhatItHasTakenAndIsAnsweredWhenItAsks() throws Exception {
        try (PeerLab lab = new PeerLab(folder);
                LabGateway gateway = gateway(lab)) {
            OutgoingStream stream;
            try (PeerServer prosody = prosody(lab)) {
                stream = gateway.open(prosody.domain()).join();
                assertThat(stream.isAcknowledged()).isTrue();
                for (int i = 0; i < 100; i++) {
                    gateway.ask(stream, "p" + i, PING, "ping");
                }
                awaitAnswer(gateway, "p99");
                assertThat(gateway.arrived()).hasSize(100);
                // Answered behind whatever acknowledgement we have asked for by now.
                gateway.ask(stream, "last", PING, "ping");
                awaitAnswer(gateway, "last");
                assertThat(prosody.log()).doesNotContain("handled-count-too-high");
            }
            stream.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertThat(stream.unacknowledged())
                    .as("only what we had not asked about yet when the server stopped")
                    .hasSizeLessThanOrEqualTo(ASKED_EVERY);
        }
    }

    /** Nobody is told that something is lost which was said just before a clean end. */
    @Test
    void itAcknowledgesWhatCameBeforeOurEnd() throws Exception {
        try (PeerLab lab = new PeerLab(folder);
                PeerServer prosody = prosody(lab);
                LabGateway gateway = gateway(lab)) {
            OutgoingStream stream = gateway.open(prosody.domain()).join();
            for (int i = 0; i < 100; i++) {
                gateway.ask(stream, "p" + i, PING, "ping");
            }
            stream.close();
            assertThat(stream.ended()
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS)
                            .label())
                    .isEqualTo("closed-by-us");
            assertThat(stream.unacknowledged()).as(prosody.log()).isEmpty();
        }
    }
}
