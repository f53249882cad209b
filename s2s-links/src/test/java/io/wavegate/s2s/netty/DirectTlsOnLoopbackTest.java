package io.wavegate.s2s.netty;

import static io.wavegate.s2s.netty.LoopbackGateway.good;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wavegate.s2s.netty.LoopbackGateway.Network;
import io.wavegate.s2s.resolve.Target;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The listener whose connections begin with TLS (XEP-0368), seen by a peer with a socket. */
class DirectTlsOnLoopbackTest {
    private static final String ADA = "ada.example";
    private static final String BEE = "bee.example";
    private static final String STANZA = "<message from='bee.example' to='ada.example'><body>hi</body></message>";

    private final Network network = new Network();
    private LoopbackGateway ada;

    @BeforeEach
    void start() {
        ada = new LoopbackGateway(network, ADA, good(ADA), StreamPolicy.DEFAULT);
    }

    @AfterEach
    void stop() {
        ada.close();
    }

    private RawPeer connect() throws IOException {
        InetSocketAddress address = ada.streams.directTlsAddresses().get(0);
        return new RawPeer(address);
    }

    @Test
    void aPeerWithTheServersAlpnIsServedAndToldWhichWasPicked() throws IOException, GeneralSecurityException {
        try (RawPeer bee = connect()) {
            assertThat(bee.startsTls(good(BEE), ADA, "xmpp-server")).isEqualTo("xmpp-server");
            trades(bee);
        }
    }

    @Test
    void aPeerWithoutAlpnAndWithoutSniIsServed() throws IOException, GeneralSecurityException {
        try (RawPeer bee = connect()) {
            assertThat(bee.startsTls(good(BEE), "")).isEmpty();
            trades(bee);
        }
    }

    private void trades(RawPeer bee) throws IOException {
        assertThat(bee.sends(RawPeer.header(BEE, ADA)).reads("</stream:features>"))
                .contains("EXTERNAL")
                .doesNotContain("starttls");
        bee.authenticates(BEE, ADA).sends(STANZA);
        await().untilAsserted(() -> assertThat(ada.inbox).hasSize(1));
    }

    @Test
    void aClientsAlpnIsRefusedByTls() throws IOException {
        try (RawPeer client = connect()) {
            assertThatThrownBy(() -> client.startsTls(good(BEE), ADA, "xmpp-client", "http/1.1"))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("no_application_protocol");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<?xml version='1.0'?><stream:stream", "GET / HTTP/1.1\r\n\r\n"})
    void whatIsNoTlsEndsTheConnectionAndIsNeverReadAsXml(String bytes) throws IOException {
        try (RawPeer bee = connect()) {
            assertThat(bee.sends(bytes).readsToTheEnd()).doesNotContain("stream");
            assertThat(ada.inbox).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0016\u0003\u0003zz"})
    void whoDoesNotFinishTheHandshakeLosesTheConnection(String bytes) throws IOException {
        LoopbackGateway hasty = new LoopbackGateway(
                new Network(),
                ADA,
                good(ADA),
                LoopbackGateway.settings(StreamPolicy.DEFAULT, "streams.timeouts.tls = 200ms"));
        try (hasty;
                RawPeer bee = new RawPeer(hasty.streams.directTlsAddresses().get(0))) {
            assertThat(bee.sends(bytes).readsToTheEnd()).doesNotContain("stream");
        }
    }

    @Test
    void weOpenWithTlsFirstWhereTheTargetSaysSo() {
        try (LoopbackGateway bee = new LoopbackGateway(network, BEE, good(BEE), StreamPolicy.DEFAULT)) {
            network.putTargets(ADA, direct(ada));
            bee.open(ADA).send(List.of(bee.message(ADA, "hi")));
            await().untilAsserted(() -> assertThat(ada.inbox).hasSize(1));
        }
    }

    @Test
    void aTargetOfTheWrongKindFailsAloneAndTheNextIsTried() {
        try (LoopbackGateway bee = new LoopbackGateway(network, BEE, good(BEE), StreamPolicy.DEFAULT)) {
            InetSocketAddress plain = ada.streams.addresses().get(0);
            network.putTargets(ADA, Network.target(plain, true), direct(ada));
            bee.open(ADA).close();
            network.putTargets(ADA, Network.target(plain, true), Network.target(plain, false));
            bee.open(ADA).close();
            network.putTargets(ADA, Network.target(plain, true));
            assertThat(bee.openFails(ADA).reason()).isEqualTo(StreamEnd.Reason.TLS_FAILED);
        }
    }

    /** Whatever answers behind a port for TLS, a web server for example, has not spoken for the domain yet. */
    @Test
    void aTargetWithAnotherCertificateFailsAloneTooEvenIfOnlyCertificatesCount() {
        StreamPolicy strict = new StreamPolicy(StreamPolicy.Tls.REQUIRED, StreamPolicy.Authentication.CERTIFICATE);
        try (LoopbackGateway bee = new LoopbackGateway(network, BEE, good(BEE), strict);
                LoopbackGateway cat = new LoopbackGateway(network, "cat.example", good("cat.example"), strict)) {
            network.putTargets(ADA, direct(cat), direct(ada));
            bee.open(ADA).close();
            network.putTargets(ADA, direct(cat));
            assertThat(bee.openFails(ADA).reason()).isEqualTo(StreamEnd.Reason.CERTIFICATE_REFUSED);
        }
    }

    private static Target direct(LoopbackGateway gateway) {
        return Network.target(gateway.streams.directTlsAddresses().get(0), true);
    }

    @Test
    void theNameInSniPicksTheCertificateAndOneWeDoNotServeDoesNotMatter() throws IOException, GeneralSecurityException {
        for (String name : List.of(ADA, "server7.hosting.example")) {
            try (RawPeer bee = connect()) {
                bee.startsTls(good(BEE), name, "xmpp-server");
                assertThat(bee.names()).contains(ADA);
                bee.sends(RawPeer.header(BEE, ADA)).reads("</stream:features>");
            }
        }
    }
}
