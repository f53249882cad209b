package io.wavegate.s2s.tls;

import static io.wavegate.s2s.lab.LabCertificate.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.tls.CertificateProblem.Kind;
import java.nio.file.Path;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

/** What a peer would hold against certificates of ours that load without fault. */
class CertificateAdviceTest {
    private static final LabCertificate ROOT = LabCertificate.authority("Root");
    private static final LabCertificate BETWEEN = request("Between").authority().signedBy(ROOT);
    private static final CertificateSource SOURCE = new CertificateSource(
            "a.example", CertificateSource.Use.TLS, List.of("wave.a.example"), Path.of("a.crt"), Path.of("a.key"));
    private static final Instant NOW = Instant.now();

    private static LabCertificate.Request good() {
        return request("a").dns("a.example", "wave.a.example");
    }

    private static List<CertificateProblem> advice(LabCertificate certificate, LabCertificate... trusted) {
        Set<TrustAnchor> anchors = java.util.Arrays.stream(trusted)
                .map(one -> new TrustAnchor(one.leaf(), null))
                .collect(java.util.stream.Collectors.toSet());
        return new CertificateAdvice(() -> anchors, Duration.ofDays(14))
                .on(SOURCE, new DomainCertificate(certificate.chain(), certificate.key()), NOW);
    }

    private static List<Kind> kinds(LabCertificate certificate, LabCertificate... trusted) {
        return advice(certificate, trusted).stream()
                .map(CertificateProblem::kind)
                .toList();
    }

    @Test
    void aWholeChainToATrustedRootNeedsNoAdvice() {
        assertThat(kinds(good().signedBy(ROOT), ROOT)).isEmpty();
        assertThat(kinds(good().signedBy(BETWEEN), ROOT)).isEmpty();
    }

    @Test
    void aMissingIntermediateIsFoundAndNamed() {
        LabCertificate whole = good().signedBy(BETWEEN);
        LabCertificate alone = new LabCertificate(List.of(whole.leaf()), whole.key());
        assertThat(advice(alone, ROOT))
                .singleElement()
                .returns(Kind.CHAIN_INCOMPLETE, CertificateProblem::kind)
                .extracting(CertificateProblem::text)
                .asString()
                .contains("CN=Between", "fullchain.pem", "trust-anchors");
    }

    @Test
    void noAuthorityAtAllAndOneThatOnlyOthersKnowAreToldApart() {
        assertThat(kinds(good().selfSigned(), ROOT)).containsExactly(Kind.SELF_SIGNED);
        LabCertificate stranger = LabCertificate.authority("Their own");
        LabCertificate theirs = good().signedBy(stranger);
        List<X509Certificate> withRoot = new ArrayList<>(theirs.chain());
        withRoot.add(stranger.leaf());
        assertThat(kinds(new LabCertificate(withRoot, theirs.key()), ROOT)).containsExactly(Kind.PRIVATE_AUTHORITY);
        assertThat(kinds(theirs, ROOT)).containsExactly(Kind.CHAIN_INCOMPLETE);
    }

    @Test
    void aClientsCertificateAndAMissingWaveNameAreFound() {
        assertThat(kinds(good().purposes(KeyPurposeId.id_kp_clientAuth).signedBy(ROOT), ROOT))
                .containsExactly(Kind.NOT_FOR_SERVERS);
        assertThat(kinds(request("a").dns("a.example").signedBy(ROOT), ROOT)).containsExactly(Kind.NAME_MISSING);
    }

    /** An intermediate that ends first ends the chain. */
    @Test
    void theEndOfAnyCertificateOfTheChainCounts() {
        LabCertificate shortLived = request("Short")
                .authority()
                .valid(NOW.minusSeconds(60), NOW.plus(Duration.ofHours(30)))
                .signedBy(ROOT);
        assertThat(advice(good().signedBy(shortLived), ROOT))
                .singleElement()
                .returns(Kind.EXPIRES_SOON, CertificateProblem::kind)
                .extracting(CertificateProblem::text)
                .asString()
                .contains("expires in 29 hours");
    }
}
