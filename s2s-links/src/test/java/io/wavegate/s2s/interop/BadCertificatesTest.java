package io.wavegate.s2s.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.lab.Ejabberd;
import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.lab.LabCertificate.Request;
import io.wavegate.s2s.lab.PeerLab;
import io.wavegate.s2s.lab.PeerServer;
import io.wavegate.s2s.lab.Peers;
import io.wavegate.s2s.lab.Prosody;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import io.wavegate.s2s.stream.StreamEndedException;
import io.wavegate.s2s.stream.StreamPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates alone decide, and one of the two is bad: no stream, and the operator learns why. */
class BadCertificatesTest {
    private static final Instant NOW = Instant.now();

    @TempDir
    Path folder;

    private static Map<String, LabCertificate> bad(PeerLab lab, String domain) {
        Map<String, LabCertificate> all = new LinkedHashMap<>();
        all.put(
                "expired",
                good(domain)
                        .valid(NOW.minus(Duration.ofDays(9)), NOW.minus(Duration.ofDays(2)))
                        .signedBy(lab.authority()));
        all.put("other name", LabCertificate.request("x").dns("x.example").signedBy(lab.authority()));
        all.put("unknown authority", good(domain).signedBy(LabCertificate.authority("Unknown")));
        return all;
    }

    private static Request good(String domain) {
        return LabCertificate.request(domain).dns(domain);
    }

    @Test
    void prosodyRefusesOurs() throws Exception {
        Peers.need("prosody", "prosody");
        try (PeerLab lab = new PeerLab(folder);
                PeerServer prosody = Prosody.start(lab, "prosody.example", PeerServer.Authentication.EXTERNAL)) {
            refusesOurs(lab, prosody);
            assertThat(withPurpose(lab, prosody, "server.example", KeyPurposeId.id_kp_serverAuth))
                    .isEqualTo("opened");
        }
    }

    @Test
    void ejabberdRefusesOurs() throws Exception {
        Peers.need("ejabberd", "ejabberdctl", "erl");
        try (PeerLab lab = new PeerLab(folder);
                PeerServer ejabberd = Ejabberd.start(lab, "ejabberd.example", PeerServer.Authentication.EXTERNAL)) {
            refusesOurs(lab, ejabberd);
        }
    }

    private static void refusesOurs(PeerLab lab, PeerServer server) throws IOException {
        int number = 0;
        for (String kind : bad(lab, "x").keySet()) {
            String domain = "bad" + number++ + ".example";
            StreamEnd end = openFails(lab, domain, bad(lab, domain).get(kind), server.domain());
            assertThat(end.reason())
                    .as(kind + ": " + end.text())
                    .isIn(Reason.AUTHENTICATION_FAILED, Reason.REMOTE_STREAM_ERROR, Reason.POLICY_REFUSED);
            assertThat(end.text()).as(kind).contains(server.domain());
        }
    }

    private static String withPurpose(PeerLab lab, PeerServer server, String domain, KeyPurposeId purpose)
            throws IOException {
        LabCertificate certificate = good(domain).purposes(purpose).signedBy(lab.authority());
        try (LabGateway gateway = new LabGateway(lab, domain, StreamPolicy.Authentication.CERTIFICATE, certificate)) {
            gateway.open(server.domain()).join();
            return "opened";
        }
    }

    @Test
    void weRefuseProsodys() throws Exception {
        Peers.need("prosody", "prosody");
        try (PeerLab lab = new PeerLab(folder)) {
            for (Map.Entry<String, LabCertificate> kind :
                    bad(lab, "prosody.example").entrySet()) {
                String domain = kind.getKey().replace(' ', '-') + ".prosody.example";
                try (PeerServer prosody = Prosody.start(
                        lab,
                        domain,
                        PeerServer.Authentication.EXTERNAL,
                        bad(lab, domain).get(kind.getKey()))) {
                    StreamEnd end = openFails(lab, "us.example", lab.certificate("us.example"), prosody.domain());
                    assertThat(end.reason()).as(end.text()).isEqualTo(Reason.CERTIFICATE_REFUSED);
                    assertThat(end.text()).contains(domain);
                }
            }
        }
    }

    private static StreamEnd openFails(PeerLab lab, String domain, LabCertificate certificate, String remote)
            throws IOException {
        try (LabGateway gateway = new LabGateway(lab, domain, StreamPolicy.Authentication.CERTIFICATE, certificate)) {
            gateway.open(remote).join();
            throw new AssertionError("a stream from " + domain + " to " + remote + " was opened");
        } catch (CompletionException e) {
            return ((StreamEndedException) e.getCause()).end();
        }
    }
}
