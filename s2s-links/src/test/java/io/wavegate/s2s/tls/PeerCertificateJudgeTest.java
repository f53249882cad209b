package io.wavegate.s2s.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.lab.LabCertificate.Request;
import io.wavegate.s2s.stream.PeerCertificate;
import io.wavegate.s2s.vouch.Authority;
import io.wavegate.s2s.vouch.Voucher;
import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

class PeerCertificateJudgeTest {
    private static final LabCertificate CA = LabCertificate.authority("Lab");
    private static final Instant NOW = Instant.now();
    private final PeerCertificateJudge judge = new PeerCertificateJudge(Set.of(new TrustAnchor(CA.leaf(), null)));

    private static Request good() {
        return LabCertificate.request("d").dns("d.example");
    }

    private PeerCertificate judge(LabCertificate certificate) {
        return judge.judge(certificate.chain(), "d.example", NOW);
    }

    private void assertUntrusted(LabCertificate certificate, String... says) {
        assertThat(judge(certificate)).isInstanceOf(PeerCertificate.Untrusted.class);
        assertThat(((PeerCertificate.Untrusted) judge(certificate)).reason()).contains(says);
    }

    @Test
    void validTrustedAndNamedIsTrustedUntilTheFirstEndOfThePath() {
        Instant middleEnds = NOW.plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);
        LabCertificate middle = LabCertificate.request("Middle")
                .authority()
                .valid(NOW.minusSeconds(60), middleEnds)
                .signedBy(CA);
        assertThat(judge(good().signedBy(middle)))
                .isEqualTo(new PeerCertificate.Trusted(
                        "d.example",
                        "CN=d",
                        middleEnds,
                        new Authority(
                                CA.leaf().getSubjectX500Principal().getName(),
                                KeyFingerprint.of(CA.leaf().getPublicKey()))));
    }

    @Test
    void serverAuthAloneOrNoPurposeAtAllIsEnoughInBothDirections() {
        assertThat(judge(good().purposes(KeyPurposeId.id_kp_serverAuth).signedBy(CA))
                        .isTrusted())
                .isTrue();
        assertThat(judge(good().purposes().signedBy(CA)).isTrusted()).isTrue();
        assertThat(judge(good().purposes(KeyPurposeId.anyExtendedKeyUsage).signedBy(CA))
                        .isTrusted())
                .isTrue();
    }

    @Test
    void clientAuthAloneProvesNoServer() {
        assertUntrusted(good().purposes(KeyPurposeId.id_kp_clientAuth).signedBy(CA), "lacks serverAuth");
    }

    @Test
    void anAuthoritysOwnCertificateProvesNoServer() {
        assertUntrusted(good().authority().signedBy(CA), "is one of an authority");
    }

    @Test
    void timeDecides() {
        Request request = good().valid(NOW, NOW.plusSeconds(60));
        LabCertificate certificate = request.signedBy(CA);
        assertThat(judge.judge(certificate.chain(), "d.example", NOW.minusSeconds(2)))
                .isInstanceOfSatisfying(PeerCertificate.Untrusted.class, refused -> assertThat(refused.reason())
                        .contains("valid only from"));
        assertThat(judge.judge(certificate.chain(), "d.example", NOW.plusSeconds(30))
                        .isTrusted())
                .isTrue();
        assertThat(judge.judge(certificate.chain(), "d.example", NOW.plusSeconds(62)))
                .isInstanceOfSatisfying(PeerCertificate.Untrusted.class, refused -> assertThat(refused.reason())
                        .contains("expired at"));
    }

    @Test
    void anotherNameIsToldWithTheNamesFoundAndTheNameWanted() {
        assertUntrusted(
                LabCertificate.request("d.example").dns("e.example").signedBy(CA),
                "names [e.example] and not d.example");
    }

    @Test
    void selfSignedUnknownAuthorityAndMissingIntermediateDoNotLeadToAnAnchor() {
        assertUntrusted(good().selfSigned(), "does not lead to an authority");
        assertUntrusted(good().signedBy(LabCertificate.authority("Other")), "issued by CN=Other");
        assertUntrusted(good().signedBy(LabCertificate.authority("Lab")), "does not lead to an authority");
        LabCertificate middle = LabCertificate.request("Middle").authority().signedBy(CA);
        LabCertificate whole = good().signedBy(middle);
        assertUntrusted(new LabCertificate(List.of(whole.leaf()), whole.key()), "send the whole chain");
        assertThat(judge(whole).isTrusted()).isTrue();
    }

    @Test
    void aLeafCannotActAsAnAuthority() {
        LabCertificate leaf = LabCertificate.request("evil").dns("evil.example").signedBy(CA);
        assertUntrusted(good().signedBy(leaf), "does not lead to an authority");
    }

    @Test
    void weakKeyProvesNothing() {
        assertUntrusted(good().keys(LabCertificate.rsa(1024)).signedBy(CA), "weak key");
    }

    @Test
    void noCertificateIsSaidAsSuch() {
        assertThat(judge.judge(List.of(), "d.example", NOW)).isEqualTo(new PeerCertificate.None());
    }

    @Test
    void anAuthorityThatVouchesForAnotherNameIsKnownAllTheSame() {
        PeerCertificate other =
                judge(LabCertificate.request("d").dns("other.example").signedBy(CA));
        assertThat(other.isTrusted()).isFalse();
        assertThat(other.voucher("CN=d", "its key"))
                .isEqualTo(new Voucher(
                        Voucher.Kind.AUTHORITY_OF_ANOTHER_NAME,
                        CA.leaf().getSubjectX500Principal().getName(),
                        KeyFingerprint.of(CA.leaf().getPublicKey())));
        assertThat(judge(good().selfSigned()).voucher("CN=d", "its key"))
                .isEqualTo(new Voucher(Voucher.Kind.KEY, "CN=d", "its key"));
    }

    @Test
    void withoutAnchorsNothingIsTrusted() {
        PeerCertificateJudge nobody = new PeerCertificateJudge(Set.of());
        assertThat(nobody.judge(good().signedBy(CA).chain(), "d.example", NOW).isTrusted())
                .isFalse();
    }
}
