package io.wavegate.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.typesafe.config.ConfigFactory;
import io.wavegate.node.config.DomainSettings;
import io.wavegate.node.devca.DevelopmentCa;
import io.wavegate.node.metrics.NodeMetrics;
import io.wavegate.s2s.tls.CertificateAdvice;
import io.wavegate.s2s.tls.CertificateWatch;
import io.wavegate.s2s.tls.PeerCertificateJudge;
import io.wavegate.s2s.tls.TlsIdentities;
import io.wavegate.s2s.tls.TlsSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that serves streams and deltas is replaced by writing its files anew. */
class CertificateRenewalTest {
    @TempDir
    Path folder;

    @Test
    void renewedFilesSignDeltasAndShowUpInTheMetrics() throws Exception {
        Clock clock = Clock.systemUTC();
        DevelopmentCa.CertificateAndKey files =
                DevelopmentCa.in(folder.resolve("one"), clock).issue("a.example");
        DevelopmentCa.CertificateAndKey renewed =
                DevelopmentCa.in(folder.resolve("two"), clock).issue("a.example");
        LoadedDomains domains = LoadedDomains.load(
                List.of(new DomainSettings(
                        "a.example", files.certificate(), files.key(), files.certificate(), files.key())),
                clock.instant());
        TlsIdentities identities = new TlsIdentities(
                Set.of("a.example"),
                domains.certificates(),
                new PeerCertificateJudge(Set.of()),
                TlsSettings.from(ConfigFactory.load().getConfig("wavegate.s2s.tls")),
                clock);
        ByteString before = domains.signers().get(0).signer().id();
        try (CertificateWatch watch = CertificateWatch.start(
                        domains.loaded(),
                        Optional.empty(),
                        new CertificateAdvice(Set::of, Duration.ofDays(14)),
                        Duration.ZERO,
                        clock,
                        new CertificateRenewal(domains, identities));
                NodeMetrics metrics = new NodeMetrics()) {
            metrics.watch(watch);
            Files.copy(renewed.certificate(), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(renewed.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
            watch.reload();
            assertThat(domains.signers().get(0).signer().id()).isNotEqualTo(before);
            assertThat(metrics.scrape())
                    .contains("wavegate_certificate_remaining_seconds{domain=\"a.example\",use=\"tls\"}")
                    .contains("wavegate_certificate_replacements_total{outcome=\"taken\"} 1.0");
            assertThat(watch.certificates())
                    .extracting(certificate -> certificate.domain())
                    .containsOnly("a.example");
        }
    }
}
