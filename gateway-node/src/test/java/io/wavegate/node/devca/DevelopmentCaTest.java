package io.wavegate.node.devca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.wavegate.node.devca.DevelopmentCa.CertificateAndKey;
import io.wavegate.s2s.stream.PeerCertificate;
import io.wavegate.s2s.tls.CertificateFiles;
import io.wavegate.s2s.tls.DomainCertificate;
import io.wavegate.s2s.tls.LoadedCertificate;
import io.wavegate.s2s.tls.PeerCertificateJudge;
import io.wavegate.s2s.tls.TlsSettings;
import io.wavegate.s2s.tls.TrustAnchors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentCaTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-05-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private static DomainCertificate load(CertificateAndKey files, String... domains) {
        LoadedCertificate loaded =
                CertificateFiles.load(List.of(domains), files.certificate(), files.key(), CLOCK.instant());
        assertThat(loaded).isInstanceOf(LoadedCertificate.Usable.class);
        return ((LoadedCertificate.Usable) loaded).certificate();
    }

    private PeerCertificateJudge trusting(DevelopmentCa authority) throws Exception {
        TlsSettings settings = TlsSettings.from(
                ConfigFactory.parseString("system-anchors = off, trust-anchors = [\"" + authority.anchor() + "\"]")
                        .withFallback(ConfigFactory.load().getConfig("wavegate.s2s.tls")));
        return new PeerCertificateJudge(TrustAnchors.load(settings));
    }

    @Test
    void aDomainAndItsWaveNameAreProvenToWhoTrustsTheAuthority() throws Exception {
        DevelopmentCa authority = DevelopmentCa.in(folder.resolve("ca"), CLOCK);
        DomainCertificate a = load(authority.issue("a.example"), "a.example", "wave.a.example");
        PeerCertificateJudge judge = trusting(authority);
        for (String domain : List.of("a.example", "wave.a.example")) {
            assertThat(judge.judge(a.chain(), domain, CLOCK.instant()).isTrusted())
                    .isTrue();
        }
        assertThat(judge.judge(a.chain(), "b.example", CLOCK.instant())).isInstanceOf(PeerCertificate.Untrusted.class);
        assertThat(((RSAPublicKey) a.leaf().getPublicKey()).getModulus().bitLength())
                .isEqualTo(2048);
        assertThat(a.leaf().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
    }

    @Test
    void keysAreReadableByTheirOwnerOnly() throws IOException {
        DevelopmentCa authority = DevelopmentCa.in(folder, CLOCK);
        for (Path key : List.of(authority.issue("a.example").key(), folder.resolve("ca.key"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void openedAgainItIsTheSameAuthorityWithTheSameCertificates() throws IOException {
        CertificateAndKey first = DevelopmentCa.in(folder, CLOCK).issue("a.example");
        byte[] certificate = Files.readAllBytes(first.certificate());
        byte[] anchor = Files.readAllBytes(folder.resolve("ca.crt"));
        DevelopmentCa again = DevelopmentCa.in(folder, CLOCK);
        assertThat(Files.readAllBytes(again.issue("a.example").certificate())).isEqualTo(certificate);
        assertThat(Files.readAllBytes(again.anchor())).isEqualTo(anchor);
    }

    @Test
    void aCertificateAboutToExpireIsIssuedAnewByTheSameAuthority() throws Exception {
        DevelopmentCa.in(folder, CLOCK).issue("a.example");
        Clock later = Clock.offset(CLOCK, Duration.ofDays(340));
        DevelopmentCa authority = DevelopmentCa.in(folder, later);
        CertificateAndKey files = authority.issue("a.example");
        DomainCertificate renewed = ((LoadedCertificate.Usable)
                        CertificateFiles.load(List.of("a.example"), files.certificate(), files.key(), later.instant()))
                .certificate();
        assertThat(renewed.leaf().getNotAfter().toInstant())
                .isAfter(later.instant().plus(Duration.ofDays(300)));
        assertThat(trusting(authority)
                        .judge(renewed.chain(), "a.example", later.instant())
                        .isTrusted())
                .isTrue();
    }

    @Test
    void aDamagedAuthorityIsNotOverwritten() throws IOException {
        DevelopmentCa.in(folder, CLOCK);
        Files.writeString(folder.resolve("ca.key"), "nonsense");
        assertThatThrownBy(() -> DevelopmentCa.in(folder, CLOCK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.resolve("ca.key").toString())
                .hasMessageContaining("delete the folder");
        assertThat(folder.resolve("ca.key")).hasContent("nonsense");
    }

    @Test
    void manyAtOnceMakeOneAuthority() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<Path>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(pool.submit(() -> DevelopmentCa.in(folder, CLOCK).anchor()));
            }
            Set<String> anchors = new HashSet<>();
            for (Future<Path> one : all) {
                anchors.add(Files.readString(one.get()));
            }
            assertThat(anchors).hasSize(1);
        } finally {
            pool.shutdownNow();
        }
    }
}
