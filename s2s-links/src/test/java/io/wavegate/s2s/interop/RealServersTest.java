package io.wavegate.s2s.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.wavegate.s2s.lab.Ejabberd;
import io.wavegate.s2s.lab.LabComponent;
import io.wavegate.s2s.lab.PeerLab;
import io.wavegate.s2s.lab.PeerServer;
import io.wavegate.s2s.lab.PeerServer.Authentication;
import io.wavegate.s2s.lab.Peers;
import io.wavegate.s2s.lab.Prosody;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.model.WaveletName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

    /** Each side is found by its {@code _xmpps-server} record alone, so both streams begin with TLS (XEP-0368). */
    @ParameterizedTest
    @EnumSource
    void prosodyAnswersOverDirectTls(Authentication authentication) throws Exception {
        Peers.need("prosody", "prosody");
        try (PeerLab lab = new PeerLab(folder);
                PeerServer prosody = Prosody.startForDirectTls(lab, "prosody.example", authentication);
                LabGateway gateway = LabGateway.forDirectTls(lab, "gateway.example", policy(authentication))) {
            roundTrips(gateway, prosody);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ejabberdAnswersOverDirectTls(Authentication authentication) throws Exception {
        Peers.need("ejabberd", "ejabberdctl", "erl");
        try (PeerLab lab = new PeerLab(folder);
                PeerServer ejabberd = Ejabberd.startForDirectTls(lab, "ejabberd.example", authentication);
                LabGateway gateway = LabGateway.forDirectTls(lab, "gateway.example", policy(authentication))) {
            roundTrips(gateway, ejabberd);
        }
    }

    private static void roundTrips(PeerLab lab, PeerServer server, Authentication authentication) throws IOException {
        try (LabGateway gateway = new LabGateway(lab, "gateway.example", policy(authentication))) {
            roundTrips(gateway, server);
        }
    }

    private static void roundTrips(LabGateway gateway, PeerServer server) {
        try {
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

    @ParameterizedTest
    @EnumSource
    void waveServerBehindProsodyTradesWithUs(Authentication authentication) throws Exception {
        Peers.need("prosody", "prosody");
        try (PeerLab lab = new PeerLab(folder);
                PeerServer prosody = Prosody.start(lab, "prosody.example", authentication)) {
            waveTraffic(lab, prosody, authentication);
        }
    }

    @ParameterizedTest
    @EnumSource
    void waveServerBehindEjabberdTradesWithUs(Authentication authentication) throws Exception {
        Peers.need("ejabberd", "ejabberdctl", "erl");
        try (PeerLab lab = new PeerLab(folder);
                PeerServer ejabberd = Ejabberd.start(lab, "ejabberd.example", authentication)) {
            waveTraffic(lab, ejabberd, authentication);
        }
    }

    /** They find and ping us by either of our names; an update of ours finds their component and brings its receipt. */
    private static void waveTraffic(PeerLab lab, PeerServer server, Authentication authentication) throws Exception {
        try (LabNode node = new LabNode(lab, "gateway.example", policy(authentication));
                LabComponent component = LabComponent.behind(server)) {
            assertThat(component.ask("gateway.example", "d1", DISCO_INFO, "query"))
                    .contains("http://waveprotocol.org/protocol/0.2/waveserver");
            for (String name : List.of("gateway.example", "wave.gateway.example")) {
                String pong = component.ask(name, "p-" + name, PING, "ping");
                assertThat(LabComponent.attribute(pong, "type")).contains("result");
                assertThat(LabComponent.attribute(pong, "from")).contains(name);
            }
            WaveletName wavelet = new WaveletName("gateway.example", "w+1", "gateway.example", "conv+root");
            WaveletUpdate update =
                    new WaveletUpdate(wavelet, List.of(ByteString.copyFromUtf8("a delta")), Optional.empty());
            Answer<Boolean> receipt = node.remoteDomains()
                    .update("gateway.example", server.domain(), update)
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
            assertThat(receipt).isEqualTo(new Answer.Ok<>(true));
            assertThat(component.await("update", stanza -> stanza.startsWith("<message")))
                    .contains("wavelet-update", "YSBkZWx0YQ==");
        } catch (Exception | AssertionError e) {
            throw new AssertionError(e + "\n" + server.log(), e);
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
