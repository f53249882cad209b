package io.wavegate.s2s.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.lab.LabComponent;
import io.wavegate.s2s.lab.PeerLab;
import io.wavegate.s2s.lab.PeerServer;
import io.wavegate.s2s.lab.PeerServer.Authentication;
import io.wavegate.s2s.lab.ServerKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Components behind us, and ourselves as a component, with real servers on the other side. */
class ComponentInteropTest {
    private static final String ECHO = "echo.gateway.example";
    private static final String PING = "urn:xmpp:ping";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void componentBehindUsAndComponentBehindAServerReachEachOther(ServerKind kind) throws Exception {
        int port = PeerLab.freePort();
        try (PeerLab lab = new PeerLab(folder);
                PeerServer server = kind.start(lab, "server.example", Authentication.EXTERNAL);
                FederatedNode node = new FederatedNode(
                        lab,
                        "gateway.example",
                        "components { listen = [\"127.0.0.1:" + port + "\"], accept { \"" + ECHO
                                + "\" { secret = hidden } } }, links { trust-idle-for = 0s, check-timeout = 1s }");
                LabComponent there = LabComponent.behind(server);
                LabComponent here = LabComponent.connect(ECHO, port, "hidden")) {
            assertThat(node).isNotNull();
            there.send("<message id='m1' type='chat' from='x@" + there.domain() + "/r' to='" + ECHO
                    + "'><body>h\u00e9 &lt;</body></message>");
            assertThat(here.await("message", stanza -> stanza.contains("m1"))).contains("h\u00e9 &lt;</body>");
            here.send(
                    "<message id='m2' from='" + ECHO + "' to='x@" + there.domain() + "/r'><body>back</body></message>");
            there.await("answer", stanza -> stanza.contains("m2"));
            String pong = here.ask(server.domain(), "p1", PING, "ping");
            assertThat(LabComponent.attribute(pong, "from")).contains(server.domain());
            here.ask(server.domain(), "p2", PING, "ping");
            assertThat(server.log()).as("an idle stream is asked first").contains("wavegate-ping-");
            assertThat(here.arrived()).noneMatch(stanza -> stanza.contains("wavegate-ping-"));
            here.close();
            there.send("<message id='m3' from='" + there.domain() + "' to='" + ECHO + "'/>");
            assertThat(there.await("bounce", stanza -> stanza.contains("m3")))
                    .contains("type='error'")
                    .contains("remote-server-timeout");
        }
    }

    @ParameterizedTest
    @EnumSource
    void waveletIsSharedWithUsAsAComponentOfAServer(ServerKind kind) throws Exception {
        try (PeerLab lab = new PeerLab(folder);
                PeerServer server = kind.start(lab, "server.example", Authentication.EXTERNAL);
                FederatedNode gateway = new FederatedNode(lab, "gateway.example", "");
                FederatedNode component = new FederatedNode(
                        lab,
                        server.domain(),
                        "components.connect { \"wave." + server.domain() + "\" { server = \"127.0.0.1:"
                                + server.componentPort() + "\", secret = \"" + LabComponent.secret() + "\" } }")) {
            FederatedWavelet wavelet = new FederatedWavelet(gateway, "gateway.example", server.domain());
            wavelet.hostWrites();
            wavelet.awaitEqual(component);
            wavelet.otherWrites(component);
            wavelet.hostWrites();
            wavelet.awaitEqual(component);
        }
    }

    /** The server is another gateway of ours here, since it has to come back under the same addresses: others remember them. */
    @Test
    void whatWasWrittenWhileTheServerWasAwayArrivesAfterReconnection() throws Exception {
        int port = PeerLab.freePort();
        int streams = PeerLab.freePort();
        String router = "components { listen = [\"127.0.0.1:" + port
                + "\"], accept { \"wave.c.example\" { secret = hidden } } }";
        try (PeerLab lab = new PeerLab(folder);
                FederatedNode gateway = new FederatedNode(lab, "gateway.example", "");
                FederatedNode component = new FederatedNode(
                        lab,
                        "c.example",
                        "components.connect { \"wave.c.example\" { server = \"127.0.0.1:" + port
                                + "\", secret = hidden } }")) {
            FederatedWavelet wavelet;
            try (FederatedNode server = new FederatedNode(lab, "router.example", streams, router)) {
                assertThat(server).isNotNull();
                wavelet = new FederatedWavelet(gateway, "gateway.example", "c.example");
                wavelet.awaitEqual(component);
                wavelet.otherWrites(component);
                wavelet.awaitEqual(component);
            }
            wavelet.hostWrites();
            wavelet.hostWrites();
            try (FederatedNode server = new FederatedNode(lab, "router.example", streams, router)) {
                assertThat(server).isNotNull();
                wavelet.awaitEqual(component);
                wavelet.otherWrites(component);
                wavelet.awaitEqual(component);
            }
        }
    }
}
