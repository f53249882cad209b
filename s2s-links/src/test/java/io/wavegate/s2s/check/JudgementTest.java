package io.wavegate.s2s.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.check.QuestionFacts.Kind;
import io.wavegate.s2s.check.QuestionFacts.Outcome;
import io.wavegate.s2s.stream.AuthenticatedBy;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.PeerCertificate;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamPolicy.Authentication;
import io.wavegate.s2s.vouch.Authority;
import io.wavegate.s2s.vouch.KnownVouchers;
import io.wavegate.s2s.vouch.Voucher;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much a fact matters and who can act on it. */
final class JudgementTest {
    private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
    private static final DomainPair PAIR = new DomainPair("a.example", "b.example");
    private static final ProbeTarget TARGET =
            new ProbeTarget("b.example", InetAddress.getLoopbackAddress(), 5269, false);
    private static final PeerCertificate UNTRUSTED = new PeerCertificate.Untrusted("It expired yesterday");

    private static final Authority CA = new Authority("CN=ca", "ca1");

    private static TlsFacts tls(PeerCertificate verdict, Instant until, boolean clientAuth) {
        CertificateFacts leaf = new CertificateFacts(
                "CN=b.example",
                "CN=ca",
                List.of("b.example"),
                NOW.minusSeconds(60),
                until,
                "RSA 2048",
                true,
                clientAuth,
                false,
                "f1",
                "key1");
        return new TlsFacts("TLSv1.3", "TLS_AES_128_GCM_SHA256", List.of(leaf), verdict, 5);
    }

    private static ProbeFacts probe(
            TlsFacts tls, Optional<AuthenticatedBy> by, Optional<String> failure, StreamEnd end) {
        return new ProbeFacts(
                TARGET,
                OptionalLong.of(1),
                Optional.of(new FeatureFacts(true, false, true, List.of())),
                Optional.of(tls),
                Optional.of(new FeatureFacts(false, true, true, List.of())),
                failure,
                by,
                20,
                end);
    }

    private static ProbeFacts good(PeerCertificate verdict) {
        return probe(
                tls(verdict, NOW.plusSeconds(1_000_000_000), true),
                Optional.of(AuthenticatedBy.SASL_EXTERNAL),
                Optional.empty(),
                new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "enough"));
    }

    private static Check one(List<Check> checks, String id) {
        return checks.stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"CERTIFICATE, ERROR, ERROR", "CERTIFICATE_OR_DIALBACK, WARNING, NOTE", "DIALBACK, NOTE, NOTE"})
    void howBadACertificateIsThatProvesNothingIsAMatterOfPolicy(
            Authentication policy, Severity certificate, Severity inbound) {
        ProbeFacts probe = good(UNTRUSTED);
        Check tls = one(new TlsChecks("b.example", policy, NOW).of(List.of(probe)), "tls.certificate");
        assertThat(tls.severity()).isEqualTo(certificate);
        assertThat(tls.finding()).contains("It expired yesterday").contains("issued by CN=ca");
        Check in = one(new AuthenticationChecks(PAIR, policy).of(probe), "auth.in");
        assertThat(in.severity()).isEqualTo(inbound);
    }

    @Test
    void aCertificateThatEndsSoonIsItsOperatorsConcern() {
        Instant soon = NOW.plusSeconds(3 * 86_400);
        PeerCertificate trusted = new PeerCertificate.Trusted("b.example", "CN=b.example", soon, CA);
        ProbeFacts probe = probe(
                tls(trusted, soon, false),
                Optional.empty(),
                Optional.empty(),
                new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "enough"));
        List<Check> checks = new TlsChecks("b.example", Authentication.CERTIFICATE_OR_DIALBACK, NOW).of(List.of(probe));
        assertThat(one(checks, "tls.expiry").finding()).contains("in 3 days");
        assertThat(one(checks, "tls.expiry").side()).isEqualTo(Side.REMOTE);
        assertThat(one(checks, "tls.usage").severity()).isEqualTo(Severity.NOTE);
    }

    private static Check authority(KnownVouchers remembered, String key) {
        PeerCertificate trusted = new PeerCertificate.Trusted(
                "b.example", "CN=b.example", NOW.plusSeconds(9), new Authority("CN=x", key));
        List<Check> checks = VoucherChecks.of("b.example", List.of(good(trusted)), remembered, NOW);
        return one(checks, "tls.authority");
    }

    private static KnownVouchers since(Instant first, String... keys) {
        KnownVouchers known = KnownVouchers.NONE;
        for (int i = 0; i < keys.length; i++) {
            Voucher voucher = new Voucher(Voucher.Kind.AUTHORITY, "CN=" + keys[i], keys[i]);
            known = known.seen(voucher, first.plusSeconds(i)).after();
        }
        return known;
    }

    @Test
    void anAuthorityThatNeverVouchedBeforeIsTold() {
        Check changed = authority(since(NOW.minusSeconds(99), "old"), "new");
        assertThat(changed.severity()).isEqualTo(Severity.WARNING);
        assertThat(changed.finding()).contains("CN=x (key new)").contains("CN=old");
        assertThat(changed.remedy()).contains("another way");
        assertThat(authority(since(NOW.minusSeconds(99), "old"), "old").severity())
                .isEqualTo(Severity.OK);
        assertThat(VoucherChecks.of("b.example", List.of(good(UNTRUSTED)), KnownVouchers.NONE, NOW))
                .as("nothing is remembered")
                .isEmpty();
    }

    @Test
    void aChangeOfAuthorityIsToldForAMonth() {
        Check fresh = authority(since(NOW.minusSeconds(99), "old", "new"), "new");
        assertThat(fresh.severity()).isEqualTo(Severity.WARNING);
        assertThat(fresh.finding()).contains("CN=new").contains("before by CN=old");
        Instant longAgo = NOW.minusSeconds(40 * 86_400);
        assertThat(authority(since(longAgo, "old", "new"), "new").severity()).isEqualTo(Severity.OK);
    }

    @Test
    void beingTakenByDialbackIsFineAndSaysWhyNotByCertificate() {
        ProbeFacts probe = probe(
                tls(UNTRUSTED, NOW, true),
                Optional.of(AuthenticatedBy.DIALBACK),
                Optional.of("not-authorized \"unsupported certificate purpose\""),
                new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "enough"));
        Check out = one(new AuthenticationChecks(PAIR, Authentication.CERTIFICATE_OR_DIALBACK).of(probe), "auth.out");
        assertThat(out.severity()).isEqualTo(Severity.NOTE);
        assertThat(out.finding()).contains("by dialback").contains("unsupported certificate purpose");
    }

    @Test
    void whereDialbackOfUsFailsItIsForUsToBeReachable() {
        ProbeFacts probe = probe(
                tls(UNTRUSTED, NOW, true),
                Optional.empty(),
                Optional.empty(),
                new StreamEnd(
                        StreamEnd.Reason.AUTHENTICATION_FAILED,
                        "b.example did not accept a.example by dialback: remote-connection-failed"));
        Check out = one(new AuthenticationChecks(PAIR, Authentication.CERTIFICATE_OR_DIALBACK).of(probe), "auth.out");
        assertThat(out.severity()).isEqualTo(Severity.ERROR);
        assertThat(out.side()).isEqualTo(Side.OURS);
        assertThat(out.remedy()).contains("wavegate check self");
    }

    @Test
    void silenceAfterAGoodStreamPointsAtTheWayBack() {
        List<Check> checks = new WaveChecks(PAIR)
                .of(
                        List.of(new QuestionFacts(Kind.ITEMS, "b.example", new Outcome.Silent(), 10_000)),
                        Optional.empty());
        assertThat(one(checks, "wave.items").remedy()).contains("a stream that b.example opens to us");
        assertThat(one(checks, "wave.service").severity()).isEqualTo(Severity.ERROR);
        assertThat(one(checks, "wave.service").side()).isEqualTo(Side.BETWEEN);
    }

    @Test
    void anErrorIsAnAnswer() {
        List<Check> checks = new WaveChecks(PAIR)
                .of(
                        List.of(new QuestionFacts(
                                Kind.INFO, "b.example", new Outcome.Refused("service-unavailable"), 4)),
                        Optional.empty());
        assertThat(one(checks, "wave.info").severity()).isEqualTo(Severity.NOTE);
        assertThat(one(checks, "wave.service").side()).isEqualTo(Side.REMOTE);
    }

    @Test
    void aSignerThatDoesNotHoldEvenForUsIsOurs() {
        Check own = SignerChecks.own(
                new SignerFacts("a.example", "CN=a.example", NOW, Optional.of("it is signed with SHA-1")));
        assertThat(own.severity()).isEqualTo(Severity.ERROR);
        assertThat(own.side()).isEqualTo(Side.OURS);
        assertThat(own.finding()).contains("SHA-1");
    }

    @Test
    void theWorstOfAReportDecides() {
        CheckReport report = new CheckReport(
                "b.example",
                "a.example",
                List.of(Check.note(Area.WAVE, "x", "n"), Check.error(Area.DNS, "y", Side.REMOTE, "e", "r")));
        assertThat(report.worst()).isEqualTo(Severity.ERROR);
        assertThat(report.checks()).extracting(Check::area).containsExactly(Area.DNS, Area.WAVE);
        assertThat(new CheckReport("b.example", "a.example", List.of()).worst()).isEqualTo(Severity.OK);
    }
}
