package io.wavegate.s2s.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.lab.LabCertificate.Request;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateIdentityTest {
    private static X509Certificate certificate(Request request) {
        return request.selfSigned().leaf();
    }

    private static Request request() {
        return LabCertificate.request("nobody");
    }

    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource({
        "d.example, d.example, true",
        "D.Example, d.example, true",
        "d.example, wave.d.example, false",
        "wave.d.example, d.example, false",
        "*.d.example, wave.d.example, true",
        "*.d.example, d.example, false",
        "*.d.example, a.wave.d.example, false",
        "*.example, d.example, false",
        "*, example, false",
        "w*.d.example, wave.d.example, false",
        "wave.*.example, wave.d.example, false",
        "*.*.example, wave.d.example, false",
        "d.example., d.example, false",
        "xn--bcher-kva.example, bücher.example, true",
        "xn--bcher-kva.example, bucher.example, false",
        "bucher.example, bücher.example, false",
    })
    void dnsName(String presented, String domain, boolean matches) {
        assertThat(CertificateIdentity.matches(certificate(request().dns(presented)), domain)
                        .isPresent())
                .isEqualTo(matches);
    }

    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource({
        "_xmpp-server.d.example, d.example, true",
        "_XMPP-Server.D.example, d.example, true",
        "_xmpp-client.d.example, d.example, false",
        "_xmpp-server._tcp.d.example, d.example, false",
        "_xmpp-server.wave.d.example, d.example, false",
        "d.example, d.example, false",
    })
    void srvName(String presented, String domain, boolean matches) {
        assertThat(CertificateIdentity.matches(certificate(request().srv(presented)), domain)
                        .isPresent())
                .isEqualTo(matches);
    }

    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource({
        "d.example, d.example, true",
        "D.example, d.example, true",
        "bücher.example, bücher.example, true",
        "ada@d.example, d.example, false",
        "d.example/x, d.example, false",
        "wave.d.example, d.example, false",
        "*.d.example, wave.d.example, false",
    })
    void xmppAddress(String presented, String domain, boolean matches) {
        assertThat(CertificateIdentity.matches(certificate(request().xmppAddr(presented)), domain)
                        .isPresent())
                .isEqualTo(matches);
    }

    @Test
    void commonNameNeverCountsWithOrWithoutOtherNames() {
        assertThat(CertificateIdentity.matches(certificate(LabCertificate.request("d.example")), "d.example"))
                .isEmpty();
        assertThat(CertificateIdentity.matches(
                        certificate(LabCertificate.request("d.example").dns("e.example")), "d.example"))
                .isEmpty();
    }

    @Test
    void embeddedNulSpaceAndForeignStringTypesAreNoNames() {
        assertThat(CertificateIdentity.matches(certificate(request().dns("d.example\0.evil.example")), "d.example"))
                .isEmpty();
        assertThat(CertificateIdentity.matches(certificate(request().dns("d.example ")), "d.example"))
                .isEmpty();
        // An SRVName has to be an IA5String (RFC 4985).
        Request utf8 = request()
                .other(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.7"), new DERUTF8String("_xmpp-server.d.example"));
        assertThat(CertificateIdentity.matches(certificate(utf8), "d.example")).isEmpty();
    }

    @Test
    void anUnusableNameDoesNotHideTheGoodOneBesideIt() {
        assertThat(CertificateIdentity.matches(
                        certificate(
                                request().dns("bad\0name").srv("_sip.d.example").dns("d.example")),
                        "d.example"))
                .contains("d.example");
    }
}
