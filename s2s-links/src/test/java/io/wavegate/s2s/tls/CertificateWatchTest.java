package io.wavegate.s2s.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.api.CertificateView;
import io.wavegate.s2s.lab.LabCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a new certificate takes the place of the one in use, and when it does not. */
class CertificateWatchTest {
    private static final LabCertificate ROOT = LabCertificate.authority("Root");
    private static final LabCertificate BETWEEN =
            LabCertificate.request("Between").authority().signedBy(ROOT);
    private static final Instant NOW = Instant.now();
    private static final Duration MONTH = Duration.ofDays(30);

    @TempDir
    Path folder;

    private final CertificateAdvice advice =
            new CertificateAdvice(() -> Set.of(new TrustAnchor(ROOT.leaf(), null)), Duration.ofDays(14));
    private CertificateSource source;
    private WatchedCertificate watched;
    private LabCertificate first;

    @BeforeEach
    void start() throws IOException {
        source = new CertificateSource(
                "a.example",
                CertificateSource.Use.TLS,
                List.of("wave.a.example"),
                folder.resolve("a.crt"),
                folder.resolve("a.key"));
        first = good();
        write(first);
        watched = watching(first);
        assertThat(look(NOW)).isEmpty();
        assertThat(look(NOW)).isEmpty();
    }

    private static LabCertificate.Request request() {
        return LabCertificate.request("a").dns("a.example", "wave.a.example");
    }

    private static LabCertificate good() {
        return request().signedBy(BETWEEN);
    }

    private WatchedCertificate watching(LabCertificate certificate) {
        return new WatchedCertificate(
                source, new DomainCertificate(certificate.chain(), certificate.key()), advice, NOW);
    }

    private void write(LabCertificate certificate) throws IOException {
        certificate.writeChain(source.chain());
        certificate.writeKey(source.key());
    }

    private Optional<WatchedCertificate.Outcome> look(Instant at) {
        return watched.look(FileFingerprint.of(source.chain(), source.key()), at);
    }

    private List<X509Certificate> takenAtSecondLook(Instant at) {
        assertThat(look(at)).isEmpty();
        WatchedCertificate.Outcome outcome = look(at).orElseThrow();
        return ((WatchedCertificate.Outcome.Taken) outcome).certificate().chain();
    }

    private String refusedAtSecondLook() {
        assertThat(look(NOW)).isEmpty();
        WatchedCertificate.Outcome outcome = look(NOW).orElseThrow();
        assertThat(watched.current().chain()).isEqualTo(first.chain());
        return ((WatchedCertificate.Outcome.Refused) outcome).text();
    }

    @Test
    void aRenewedOneIsTakenWhenItWasTheSameAtTwoLooks() throws IOException {
        LabCertificate renewed = good();
        write(renewed);
        assertThat(takenAtSecondLook(NOW)).isEqualTo(renewed.chain());
        assertThat(look(NOW)).isEmpty();
    }

    /** The chain is written before the key: in between they do not belong together, which is nobody's mistake. */
    @Test
    void halfOfARenewalIsNotComplainedOf() throws IOException {
        LabCertificate renewed = good();
        renewed.writeChain(source.chain());
        assertThat(look(NOW)).isEmpty();
        renewed.writeKey(source.key());
        assertThat(takenAtSecondLook(NOW)).isEqualTo(renewed.chain());
    }

    @Test
    void aChangeBetweenStartAndTheFirstLookIsFound() throws IOException {
        WatchedCertificate late = watching(good());
        String fingerprint = FileFingerprint.of(source.chain(), source.key());
        assertThat(late.look(fingerprint, NOW)).isEmpty();
        assertThat(late.look(fingerprint, NOW)).containsInstanceOf(WatchedCertificate.Outcome.Taken.class);
    }

    @Test
    void brokenOnesAreToldOnceAndTheOldOneStays() throws IOException {
        good().writeKey(source.key());
        assertThat(refusedAtSecondLook())
                .contains("a.example", "does not belong to the certificate", "The old one stays in use until");
        assertThat(look(NOW)).isEmpty();
        assertThat(watched.problem()).contains("does not belong");

        Files.delete(source.key());
        assertThat(refusedAtSecondLook()).contains("does not exist");

        write(first);
        assertThat(look(NOW)).isEmpty();
        assertThat(look(NOW)).isEmpty();
        assertThat(watched.problem()).isEmpty();
    }

    @Test
    void anotherDomainsOrAnExpiredOneIsRefused() throws IOException {
        write(LabCertificate.request("b").dns("b.example").signedBy(BETWEEN));
        assertThat(refusedAtSecondLook()).contains("does not name a.example", "b.example");
        write(request().valid(NOW.minus(MONTH), NOW.minusSeconds(1)).signedBy(BETWEEN));
        assertThat(refusedAtSecondLook()).contains("expired at");
    }

    @Test
    void oneThatIsNotValidYetIsTakenWhenItIs() throws IOException {
        Instant tomorrow = NOW.plus(Duration.ofDays(1));
        LabCertificate early = request().valid(tomorrow, NOW.plus(MONTH)).signedBy(BETWEEN);
        write(early);
        assertThat(refusedAtSecondLook()).contains("is valid only from");
        WatchedCertificate.Outcome outcome = look(tomorrow.plusSeconds(1)).orElseThrow();
        assertThat(outcome).isInstanceOf(WatchedCertificate.Outcome.Taken.class);
    }

    /** cert.pem where fullchain.pem should be: valid, and useless to most peers. */
    @Test
    void aChainThatPeersCannotFollowDoesNotReplaceOneThatTheyCanWhileThatLasts() throws IOException {
        LabCertificate renewed = request()
                .valid(NOW.minusSeconds(60), NOW.plus(MONTH.multipliedBy(3)))
                .signedBy(BETWEEN);
        LabCertificate alone = new LabCertificate(List.of(renewed.leaf()), renewed.key());
        write(alone);
        assertThat(refusedAtSecondLook()).contains("does not lead to an authority", "CN=Between", "fullchain.pem");
        Instant atTheEnd = watched.current().notAfter().plusSeconds(1);
        assertThat(look(atTheEnd)).containsInstanceOf(WatchedCertificate.Outcome.Taken.class);
    }

    @Test
    void theEndIsRemindedOfOnceADayFromTheConfiguredTimeOn() {
        Instant end = watched.current().notAfter();
        assertThat(watched.reminder(end.minus(Duration.ofDays(15)))).isEmpty();
        assertThat(watched.reminder(end.minus(Duration.ofDays(10))).orElseThrow())
                .contains("a.example", "expires in 10 days", "renew it", "without a restart");
        assertThat(watched.reminder(end.minus(Duration.ofDays(10)).plusSeconds(3_600)))
                .isEmpty();
        assertThat(watched.reminder(end.minus(Duration.ofDays(9)))).isPresent();
        assertThat(watched.reminder(end.plus(Duration.ofDays(1))).orElseThrow()).contains("expired at");
    }

    @Test
    void anOperatorWhoAsksGetsItAtOnceAndSeesIt() throws IOException {
        List<DomainCertificate> handedOut = new ArrayList<>();
        DomainCertificate loaded = new DomainCertificate(first.chain(), first.key());
        try (CertificateWatch watch = CertificateWatch.start(
                List.of(new CertificateWatch.Loaded(source, loaded)),
                Optional.empty(),
                advice,
                Duration.ZERO,
                java.time.Clock.systemUTC(),
                (from, certificate) -> handedOut.add(certificate))) {
            LabCertificate renewed = good();
            write(renewed);
            watch.reload();
            assertThat(handedOut).singleElement().returns(renewed.chain(), DomainCertificate::chain);
            CertificateView view = watch.certificates().get(0);
            assertThat(view.domain()).isEqualTo("a.example");
            assertThat(view.remainingSeconds(NOW.toEpochMilli())).isBetween(MONTH.toSeconds() - 60, MONTH.toSeconds());
            assertThat(view.problem()).isEmpty();

            Files.writeString(source.chain(), "rubbish");
            watch.reload();
            assertThat(handedOut).hasSize(1);
            assertThat(watch.certificates().get(0).problem()).contains("is not PEM");
            assertThat(List.of(watch.taken(), watch.refused())).containsExactly(1L, 1L);
        }
    }
}
