package io.wavegate.s2s.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.PeerCertificate;
import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsIdentitiesTest {
    private static final LabCertificate CA = LabCertificate.authority("Lab");
    private static final LabCertificate A = certificate("a.example", "wave.a.example");
    private static final LabCertificate B = certificate("b.example", "wave.b.example");
    private static final LabCertificate C = certificate("c.example");

    private static LabCertificate certificate(String... domains) {
        return LabCertificate.request(domains[0]).dns(domains).signedBy(CA);
    }

    private static DomainCertificates certificates(LabCertificate... of) {
        Map<String, DomainCertificate> byDomain = new LinkedHashMap<>();
        for (LabCertificate certificate : of) {
            byDomain.put(
                    certificate.leaf().getSubjectX500Principal().getName().substring(3),
                    new DomainCertificate(certificate.chain(), certificate.key()));
        }
        return new DomainCertificates(byDomain);
    }

    private static TlsIdentities identities(List<String> protocols, LabCertificate... of) {
        TlsSettings settings = TlsSettings.from(ConfigFactory.parseMap(Map.of("protocols", protocols))
                .withFallback(ConfigFactory.load().getConfig("wavegate.s2s.tls")));
        return new TlsIdentities(
                Set.of("a.example"),
                certificates(of),
                new PeerCertificateJudge(Set.of(new TrustAnchor(CA.leaf(), null))),
                settings,
                Clock.systemUTC());
    }

    private static TlsIdentities identities(LabCertificate... of) {
        return identities(List.of("TLSv1.3", "TLSv1.2"), of);
    }

    private static List<X509Certificate> peer(SSLEngine engine) throws SSLPeerUnverifiedException {
        return List.of(engine.getSession().getPeerCertificates()).stream()
                .map((Certificate certificate) -> (X509Certificate) certificate)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void bothSidesShowTheCertificatesOfTheirDomains(String protocol) throws Exception {
        TlsIdentities ours = identities(List.of(protocol), A);
        TlsIdentities theirs = identities(List.of(protocol), B);
        SSLEngine client = ours.clientEngine(new DomainPair("wave.a.example", "wave.b.example"));
        SSLEngine server = theirs.serverEngine("wave.b.example");
        handshake(client, server);
        assertThat(peer(client)).isEqualTo(B.chain());
        assertThat(peer(server)).isEqualTo(A.chain());
        assertThat(client.getSession().getProtocol()).isEqualTo(protocol);
        assertThat(theirs.judge(peer(server), "a.example").isTrusted()).isTrue();
        assertThat(theirs.judge(peer(server), "b.example")).isInstanceOf(PeerCertificate.Untrusted.class);
    }

    @Test
    void anyCertificateOrNoneGetsThroughTheHandshake() throws Exception {
        LabCertificate unknown =
                LabCertificate.request("x.example").dns("x.example").selfSigned();
        SSLEngine client = identities(unknown).clientEngine(new DomainPair("x.example", "b.example"));
        SSLEngine server = identities(B).serverEngine("b.example");
        handshake(client, server);
        assertThat(peer(server)).isEqualTo(unknown.chain());

        SSLEngine nobody = identities().clientEngine(new DomainPair("x.example", "b.example"));
        SSLEngine asked = identities(B).serverEngine("b.example");
        handshake(nobody, asked);
        assertThatThrownBy(() -> peer(asked)).isInstanceOf(SSLPeerUnverifiedException.class);
    }

    @Test
    void serverNameIndicationGoesBeforeTheStreamsTo() throws Exception {
        TlsIdentities both = identities(B, C);
        SSLEngine client = identities(A).clientEngine(new DomainPair("a.example", "c.example"));
        handshake(client, both.serverEngine("b.example"));
        assertThat(peer(client)).isEqualTo(C.chain());
    }

    @Test
    void aServerNameThatIsNotOursLeavesTheStreamsTo() throws Exception {
        SSLEngine client = identities(A).clientEngine(new DomainPair("a.example", "unknown.example"));
        handshake(client, identities(B, C).serverEngine("c.example"));
        assertThat(peer(client)).isEqualTo(C.chain());
    }

    @Test
    void serverNameIndicationIsTheDomainInALabels() {
        SSLEngine client = identities(A).clientEngine(new DomainPair("a.example", "bücher.example"));
        assertThat(client.getSSLParameters().getServerNames())
                .containsExactly(new SNIHostName("xn--bcher-kva.example"));
    }

    @Test
    void aSessionIsResumedOnlyBetweenTheSamePairOfDomains() throws Exception {
        LabCertificate shared = certificate("a.example", "z.example");
        TlsIdentities ours = identities(List.of("TLSv1.2"), shared, C);
        TlsIdentities theirs = identities(List.of("TLSv1.2"), B);
        byte[] first = session(ours, theirs, "a.example");
        assertThat(session(ours, theirs, "a.example")).isEqualTo(first);
        assertThat(session(ours, theirs, "c.example")).isNotEqualTo(first);
        ours.replace(certificates(shared, C));
        assertThat(session(ours, theirs, "a.example")).isNotEqualTo(first);
    }

    /** TLS 1.3 resumes by tickets: the second handshake shows no certificates, and both sides still know them. */
    @Test
    void aResumedSessionStillHasThePeersCertificates() throws Exception {
        TlsIdentities ours = identities(A);
        TlsIdentities theirs = identities(B);
        for (int i = 0; i < 3; i++) {
            SSLEngine client = ours.clientEngine(new DomainPair("a.example", "b.example"));
            SSLEngine server = theirs.serverEngine("b.example");
            handshake(client, server);
            assertThat(peer(client)).isEqualTo(B.chain());
            assertThat(peer(server)).isEqualTo(A.chain());
        }
    }

    private static byte[] session(TlsIdentities ours, TlsIdentities theirs, String from) throws Exception {
        SSLEngine client = ours.clientEngine(new DomainPair(from, "b.example"));
        handshake(client, theirs.serverEngine("b.example"));
        return client.getSession().getId();
    }

    @Test
    void replacedCertificatesAreShownFromThenOn() throws Exception {
        TlsIdentities theirs = identities(B);
        LabCertificate renewed = certificate("b.example");
        theirs.replace(certificates(renewed));
        SSLEngine client = identities(A).clientEngine(new DomainPair("a.example", "b.example"));
        handshake(client, theirs.serverEngine("b.example"));
        assertThat(peer(client)).isEqualTo(renewed.chain());
    }

    @Test
    void renegotiationByThePeerIsRefused() throws Exception {
        SSLEngine server = identities(List.of("TLSv1.2"), B).serverEngine("b.example");
        SSLEngine client = identities(List.of("TLSv1.2"), A).clientEngine(new DomainPair("a.example", "b.example"));
        handshake(client, server);
        client.beginHandshake();
        assertThatThrownBy(() -> handshake(client, server)).isInstanceOf(SSLException.class);
    }

    @Test
    void oldProtocolsAndCiphersWithoutForwardSecrecyAreRefused() throws Exception {
        for (String[] weak : new String[][] {
            {"TLSv1.1", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"},
            {"TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"}
        }) {
            SSLContext any = SSLContext.getInstance("TLS");
            any.init(null, new TrustManager[] {new AnyCertificate()}, null);
            SSLEngine client = any.createSSLEngine("b.example", 5269);
            client.setUseClientMode(true);
            SSLParameters parameters = client.getSSLParameters();
            parameters.setProtocols(new String[] {weak[0]});
            parameters.setCipherSuites(new String[] {weak[1]});
            client.setSSLParameters(parameters);
            assertThatThrownBy(() -> handshake(client, identities(B).serverEngine("b.example")))
                    .isInstanceOf(SSLException.class);
        }
    }

    /** Runs both engines against each other until neither has anything more to say. */
    private static void handshake(SSLEngine client, SSLEngine server) throws SSLException {
        ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
        client.beginHandshake();
        for (int idle = 0; idle < 3; idle++) {
            if (step(client, toClient, toServer) | step(server, toServer, toClient)) {
                idle = -1;
            }
        }
        assertThat(client.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
        assertThat(server.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
    }

    private static boolean step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        boolean moved = false;
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
            moved = true;
        }
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            engine.wrap(ByteBuffer.allocate(0), out);
            return true;
        }
        in.flip();
        try {
            if (in.hasRemaining()) {
                engine.unwrap(in, ByteBuffer.allocate(1 << 17));
                moved = true;
            }
        } finally {
            in.compact();
        }
        return moved;
    }
}
