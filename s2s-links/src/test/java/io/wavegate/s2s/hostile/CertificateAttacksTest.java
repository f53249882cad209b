package io.wavegate.s2s.hostile;

import static io.wavegate.s2s.hostile.AttackedGateway.BEE;
import static io.wavegate.s2s.hostile.AttackedGateway.message;
import static io.wavegate.s2s.netty.LoopbackGateway.AUTHORITY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.lab.LabCertificate.Request;
import io.wavegate.s2s.netty.RawPeer;
import io.wavegate.s2s.stream.StreamEnd;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates that do not prove bee.example: neither to us as who is dialled nor to us as who dials. */
class CertificateAttacksTest {
    private static final Instant NOW = Instant.now();
    private static final LabCertificate STRANGERS = LabCertificate.authority("Strangers");

    @RegisterExtension
    static final AttackedGateway gateway =
            new AttackedGateway("streams.policies { \"" + BEE + "\" { authentication = certificate } }");

    private record Bad(String name, LabCertificate certificate) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Bad> bad() {
        return Stream.of(
                bad("expired", good().valid(NOW.minus(Duration.ofDays(9)), NOW.minus(Duration.ofDays(2)))),
                bad("not yet valid", good().valid(NOW.plus(Duration.ofDays(2)), NOW.plus(Duration.ofDays(9)))),
                bad("another name", request().dns("cat.example")),
                bad("the host that DNS names", request().dns("lab")),
                bad("the address that DNS leads to", request().address("127.0.0.1")),
                bad("sub-domain", request().dns("x.bee.example")),
                bad("parent", request().dns("example")),
                bad("common name only", LabCertificate.request(BEE)),
                bad(
                        "common name inside another attribute",
                        LabCertificate.request("x\\,CN\\=" + BEE).dns("cat.example")),
                bad("common name of a second part", LabCertificate.request("cat.example+CN=" + BEE)),
                bad("wildcard too high", request().dns("*.example")),
                bad("wildcard for all", request().dns("*")),
                bad("wildcard that is its parent's", request().dns("*.bee.example")),
                bad("NUL in the name", request().dns(BEE + "\0.mallory.example")),
                bad("NUL behind the name", request().dns(BEE + "\0")),
                bad("space behind the name", request().dns(BEE + " ")),
                bad("SRVName of clients", request().srv("_xmpp-client." + BEE)),
                bad("SRVName of another service", request().srv("_imap." + BEE)),
                bad(
                        "SRVName in another string type",
                        request().other(DNS_SRV, new DERUTF8String("_xmpp-server." + BEE))),
                bad("xmppAddr of a user", request().xmppAddr("ada@" + BEE)),
                bad("xmppAddr of another domain", request().xmppAddr("cat.example")),
                bad("purpose of clients only", good().purposes(KeyPurposeId.id_kp_clientAuth)),
                bad("purpose of mail", good().purposes(KeyPurposeId.id_kp_emailProtection)),
                bad("of an authority", good().authority()),
                bad("weak key", good().keys(LabCertificate.rsa(1024))),
                new Bad("self-signed", good().selfSigned()),
                new Bad("unknown authority", good().signedBy(STRANGERS)),
                new Bad(
                        "unknown authority of the same name",
                        good().signedBy(LabCertificate.authority("authority of the lab"))),
                new Bad(
                        "signed by a leaf",
                        good().signedBy(LabCertificate.request("leaf")
                                .dns("leaf.example")
                                .signedBy(AUTHORITY))));
    }

    private static final ASN1ObjectIdentifier DNS_SRV = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.7");

    private static Request request() {
        return LabCertificate.request("x");
    }

    private static Request good() {
        return request().dns(BEE);
    }

    private static Bad bad(String name, Request request) {
        return new Bad(name, request.signedBy(AUTHORITY));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void provesNobodyWhoDialsUs(Bad bad) throws IOException, GeneralSecurityException {
        try (RawPeer peer = gateway.connect()) {
            peer.sends(RawPeer.header(BEE, AttackedGateway.ADA)).reads("</stream:features>");
            peer.sends(RawPeer.STARTTLS).reads("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
            peer.startsTls(bad.certificate());
            peer.sends(RawPeer.header(BEE, AttackedGateway.ADA));
            assertThat(peer.reads("</stream:features>")).doesNotContain("EXTERNAL");
            peer.sends("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>=</auth>");
            assertThat(peer.reads("</failure>")).contains("<not-authorized/>");
            peer.sends("<db:result from='bee.example' to='ada.example'>key</db:result>");
            assertThat(peer.reads("</db:result>")).contains("<not-authorized ");
            peer.sends(message(BEE, "believed"));
            assertThat(peer.readsToTheEnd()).contains("<not-authorized ");
        }
    }

    @ParameterizedTest
    @MethodSource("bad")
    void provesNobodyWhomWeDial(Bad bad) throws IOException {
        try (HostileServer bee = new HostileServer(BEE, bad.certificate())) {
            gateway.network.put(BEE, bee.address());
            bee.script(server -> server.opens("id", HostileServer.EXTERNAL + HostileServer.DIALBACK)
                    .waits());
            StreamEnd end = gateway.ada.openFails(BEE);
            assertThat(end.reason()).as(end.text()).isEqualTo(StreamEnd.Reason.CERTIFICATE_REFUSED);
            assertThat(end.text()).contains(BEE);
            assertThat(bee.connections).hasValue(1);
        }
    }
}
