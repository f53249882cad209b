package io.wavegate.s2s.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.lab.LabCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.TrustAnchor;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of trust anchors are looked at while we run. */
class WatchedAnchorsTest {
    private static final LabCertificate OLD = LabCertificate.authority("old authority");
    private static final LabCertificate NEW = LabCertificate.authority("new authority");

    @TempDir
    Path folder;

    private final List<Set<TrustAnchor>> handedOut = new ArrayList<>();
    private Path file;
    private TlsSettings settings;
    private WatchedAnchors anchors;

    @BeforeEach
    void start() throws IOException {
        file = folder.resolve("ca.pem");
        OLD.writeChain(file);
        Config config =
                ConfigFactory.parseMap(Map.of("trust-anchors", List.of(file.toString()), "system-anchors", false));
        settings = TlsSettings.from(config.withFallback(ConfigFactory.load().getConfig("wavegate.s2s.tls")));
        anchors = new WatchedAnchors(settings, handedOut::add);
    }

    private Optional<WatchedAnchors.Outcome> look() {
        return anchors.look(false);
    }

    @Test
    void aChangeCountsWhenItWasTheSameAtTwoLooks() throws IOException {
        assertThat(look()).isEmpty();
        LabCertificate.write(file, OLD.leaf(), NEW.leaf());
        assertThat(look()).isEmpty();
        assertThat(look()).contains(new WatchedAnchors.Outcome.Taken(2));
        assertThat(look()).isEmpty();
        assertThat(handedOut).singleElement().satisfies(set -> assertThat(set)
                .extracting(TrustAnchor::getTrustedCert)
                .containsExactlyInAnyOrder(OLD.leaf(), NEW.leaf()));
    }

    @Test
    void whatCannotBeReadChangesNothingAndIsToldOnce() throws IOException {
        Files.writeString(file, "rubbish");
        assertThat(look()).isEmpty();
        assertThat(look()).hasValueSatisfying(outcome -> assertThat(outcome)
                .isInstanceOfSatisfying(WatchedAnchors.Outcome.Refused.class, no -> assertThat(no.text())
                        .contains("trust-anchors", file.toString(), "stay in use")));
        assertThat(look()).isEmpty();
        Files.delete(file);
        assertThat(look()).isEmpty();
        assertThat(look()).as("another fault").isPresent();
        assertThat(handedOut).isEmpty();
        OLD.writeChain(file);
        assertThat(look()).as("as it was").isEmpty();
        assertThat(look()).isEmpty();
        assertThat(handedOut).isEmpty();
    }

    @Test
    void newHandshakesAreJudgedByTheNewOnesWhenTheOperatorSaysSo() throws IOException {
        LabCertificate peer = LabCertificate.request("b").dns("b.example").signedBy(NEW);
        TlsIdentities identities = new TlsIdentities(
                Set.of("a.example"),
                new DomainCertificates(Map.of()),
                new PeerCertificateJudge(Set.of(new TrustAnchor(OLD.leaf(), null))),
                settings,
                Clock.systemUTC());
        WatchedAnchors watched = new WatchedAnchors(settings, set -> identities.judgeBy(new PeerCertificateJudge(set)));
        try (CertificateWatch watch = CertificateWatch.start(
                List.of(),
                Optional.of(watched),
                new CertificateAdvice(Set::of, Duration.ofDays(14)),
                Duration.ZERO,
                Clock.systemUTC(),
                (source, certificate) -> {})) {
            assertThat(identities.judge(peer.chain(), "b.example").isTrusted()).isFalse();
            NEW.writeChain(file);
            watch.reload();
            assertThat(identities.judge(peer.chain(), "b.example").isTrusted()).isTrue();
        }
    }
}
