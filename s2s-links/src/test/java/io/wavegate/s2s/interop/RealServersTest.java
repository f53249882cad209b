package io.wavegate.s2s.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.s2s.lab.Ejabberd;
import io.wavegate.s2s.lab.PeerLab;
import io.wavegate.s2s.lab.PeerServer;
import io.wavegate.s2s.lab.PeerServer.Authentication;
import io.wavegate.s2s.lab.Peers;
import io.wavegate.s2s.lab.Prosody;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.s2s.xml.XmlElement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A request of ours goes out on a stream that we opened, its answer comes in on one that the server opened: each passing test
 * has seen authentication in both directions, by the one method that both sides were left with.
 */
class RealServersTest {
    private static final String PING = "urn:xmpp:ping";
    private static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void prosodyAnswersPingAndDisco(Authentication authentication) throws Exception {
        Peers.need("prosody", "prosody");
        try (PeerLab lab = new PeerLab(folder);
                PeerServer prosody = Prosody.start(lab, "prosody.example", authentication)) {
            roundTrips(lab, prosody, authentication);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ejabberdAnswersPingAndDisco(Authentication authentication) throws Exception {
        Peers.need("ejabberd", "ejabberdctl", "erl");
        try (PeerLab lab = new PeerLab(folder);
                PeerServer ejabberd = Ejabberd.start(lab, "ejabberd.example", authentication)) {
            roundTrips(lab, ejabberd, authentication);
        }
    }

    private static void roundTrips(PeerLab lab, PeerServer server, Authentication authentication) throws IOException {
        try (LabGateway gateway = new LabGateway(lab, "gateway.example", policy(authentication))) {
            OutgoingStream stream = gateway.open(server.domain()).join();
            gateway.ask(stream, "ping-1", PING, "ping");
            gateway.ask(stream, "disco-1", DISCO_INFO, "query");
            XmlElement pong = result(gateway, "ping-1", server);
            assertThat(pong.elements()).isEmpty();
            XmlElement info = result(gateway, "disco-1", server);
            assertThat(info.child(DISCO_INFO, "query").orElseThrow().elements())
                    .extracting(element -> element.name().local())
                    .contains("identity", "feature");
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + server.log(), e);
        }
    }

    private static StreamPolicy.Authentication policy(Authentication authentication) {
        return authentication == Authentication.EXTERNAL
                ? StreamPolicy.Authentication.CERTIFICATE
                : StreamPolicy.Authentication.DIALBACK;
    }

    private static XmlElement result(LabGateway gateway, String id, PeerServer server) {
        await().atMost(Duration.ofSeconds(60)).until(() -> !withId(gateway, id).isEmpty());
        XmlElement answer = withId(gateway, id).get(0);
        assertThat(answer.attribute("type")).contains("result");
        assertThat(answer.attribute("from")).contains(server.domain());
        return answer;
    }

    private static List<XmlElement> withId(LabGateway gateway, String id) {
        return gateway.arrived().stream()
                .filter(stanza -> stanza.attribute("id").filter(id::equals).isPresent())
                .toList();
    }
}
