package io.wavegate.s2s.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.check.ProbeFacts;
import io.wavegate.s2s.check.ProbeTarget;
import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.stream.AuthenticatedBy;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.PeerCertificate;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What probes see of real streams, without disturbing them. */
final class ProbesOnLoopbackTest {
    private static final DomainPair PAIR = new DomainPair("a.test", "b.test");
    private static final StreamPolicy CERTIFICATE_ONLY =
            new StreamPolicy(StreamPolicy.Tls.REQUIRED, StreamPolicy.Authentication.CERTIFICATE);

    private final LoopbackGateway.Network network = new LoopbackGateway.Network();
    private LoopbackGateway ours;
    private LoopbackGateway theirs;

    private void start(LabCertificate certificate, StreamPolicy policy) {
        ours = new LoopbackGateway(network, "a.test", LoopbackGateway.good("a.test"), policy);
        theirs = new LoopbackGateway(network, "b.test", certificate, StreamPolicy.DEFAULT);
    }

    @AfterEach
    void stop() {
        if (ours != null) {
            ours.close();
            theirs.close();
        }
    }

    private static ProbeTarget at(InetSocketAddress address) {
        return new ProbeTarget("b.test", address.getAddress(), address.getPort(), false);
    }

    private ProbeFacts look() throws Exception {
        return ours.streams
                .probes()
                .look(PAIR, at(network.address("b.test")))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    private ProbeFacts authenticate() throws Exception {
        return ours.streams
                .probes()
                .authenticate(PAIR, at(network.address("b.test")))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    @Test
    void aLookGoesAsFarAsTheFeaturesBehindTlsAndAuthenticatesNothing() throws Exception {
        start(LoopbackGateway.good("b.test"), StreamPolicy.DEFAULT);
        ProbeFacts facts = look();
        assertThat(facts.end().reason()).isEqualTo(StreamEnd.Reason.CLOSED_BY_US);
        assertThat(facts.connectMillis()).isPresent();
        assertThat(facts.plain())
                .hasValueSatisfying(plain -> assertThat(plain.startTls()).isTrue());
        assertThat(facts.tls()).hasValueSatisfying(tls -> {
            assertThat(tls.version()).isEqualTo("TLSv1.3");
            assertThat(tls.verdict()).isInstanceOf(PeerCertificate.Trusted.class);
            assertThat(tls.chain().get(0).names()).contains("b.test");
        });
        assertThat(facts.secured()).hasValueSatisfying(secured -> {
            assertThat(secured.external()).isTrue();
            assertThat(secured.dialback()).isTrue();
        });
        assertThat(facts.authenticated()).isEmpty();
    }

    @Test
    void anAuthenticatingProbeSaysHowWeWereTaken() throws Exception {
        start(LoopbackGateway.good("b.test"), StreamPolicy.DEFAULT);
        ProbeFacts facts = authenticate();
        assertThat(facts.authenticated()).contains(AuthenticatedBy.SASL_EXTERNAL);
        assertThat(facts.end().reason()).isEqualTo(StreamEnd.Reason.CLOSED_BY_US);
    }

    @Test
    void aCertificateThatPolicyRefusesIsStillLookedAt() throws Exception {
        start(LabCertificate.request("b.test").dns("b.test").selfSigned(), CERTIFICATE_ONLY);
        ProbeFacts facts = look();
        assertThat(facts.tls())
                .hasValueSatisfying(tls -> assertThat(tls.verdict()).isInstanceOf(PeerCertificate.Untrusted.class));
        assertThat(facts.secured()).isPresent();
        assertThat(authenticate().end().reason()).isEqualTo(StreamEnd.Reason.CERTIFICATE_REFUSED);
    }

    @Test
    void whereNobodyListensThatIsTold() throws Exception {
        start(LoopbackGateway.good("b.test"), StreamPolicy.DEFAULT);
        InetSocketAddress nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }
        ProbeFacts facts = ours.streams
                .probes()
                .look(PAIR, at(nobody))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        assertThat(facts.connectMillis()).isEmpty();
        assertThat(facts.end().reason()).isEqualTo(StreamEnd.Reason.CONNECT_FAILED);
        assertThat(facts.end().text()).containsIgnoringCase("refused");
    }
}
