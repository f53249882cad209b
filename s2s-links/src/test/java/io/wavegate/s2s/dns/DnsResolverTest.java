package io.wavegate.s2s.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.api.ResolutionReport;
import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.lab.LabDns;
import io.wavegate.s2s.resolve.ResolveSettings;
import io.wavegate.s2s.resolve.Target;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

class DnsResolverTest {
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private LabDns dns;

    @BeforeEach
    void start() throws IOException {
        dns = LabDns.onLoopback();
    }

    @AfterEach
    void stop() throws IOException {
        dns.close();
        executor.shutdownNow();
    }

    private DnsResolver resolver(String... more) {
        String servers = "servers = [\"127.0.0.1:" + dns.address().getPort() + "\"]\ntimeout = 500ms\n";
        return resolverWith(servers + String.join("\n", more));
    }

    private DnsResolver resolverWith(String text) {
        ResolveSettings settings = ResolveSettings.from(ConfigFactory.parseString(text)
                .withFallback(ConfigFactory.load().getConfig("wavegate.s2s.resolve")));
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
        return DnsResolver.over(settings, executor, clock);
    }

    private static ResolutionReport resolve(DnsResolver resolver, String domain) throws Exception {
        return resolver.report(Domain.parse(domain).orElseThrow())
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    /** The servers that would be tried, with those of their addresses that would. */
    private static List<String> targets(ResolutionReport report) {
        assertThat(report.failure()).isEmpty();
        return report.servers().stream()
                .map(server -> server.host() + " " + server.port() + (server.directTls() ? " direct " : " ")
                        + server.addresses().stream()
                                .filter(address -> address.refusal().isEmpty())
                                .map(address -> address.address().getHostAddress())
                                .toList())
                .toList();
    }

    private static void assertFailed(ResolutionReport report, Reason reason, String... says) {
        assertThat(report.failure()).isPresent();
        assertThat(report.failure().get().reason()).isEqualTo(reason.label());
        assertThat(report.toString()).contains(says);
    }

    @Test
    void ofAThousandSrvRecordsAFewAreFollowedAndTheOthersCostNothing() throws Exception {
        for (int target = 0; target < 1_000; target++) {
            String host = "t" + target + ".b.example";
            dns.add("_xmpp-server._tcp.b.example", Type.SRV, target + " 0 5269 " + host + ".");
            for (int i = 0; i < 50; i++) {
                dns.add(host, Type.A, "8.8." + target % 256 + "." + i);
            }
        }
        ResolutionReport report = resolve(resolver(), "b.example");
        assertThat(report.servers()).hasSize(16);
        assertThat(dns.asked())
                .filteredOn(question -> !question.startsWith("SRV"))
                .hasSizeLessThanOrEqualTo(2 * 2 * 16);
        assertThat(report.notes()).anyMatch(note -> note.startsWith("Only 16 of") && note.contains("maximum-targets"));
    }

    @Test
    void srvTargetsInOrderOfPriorityWithBothFamiliesIpv6First() throws Exception {
        dns.add("_xmpp-server._tcp.b.example", Type.SRV, "20 0 5269 backup.b.example.")
                .add("_xmpp-server._tcp.b.example", Type.SRV, "10 0 15269 main.b.example.")
                .add("main.b.example", Type.A, "8.8.8.8")
                .add("main.b.example", Type.AAAA, "2600::1")
                .add("backup.b.example", Type.A, "8.8.4.4");
        assertThat(targets(resolve(resolver(), "b.example")))
                .containsExactly(
                        "main.b.example 15269 [2600:0:0:0:0:0:0:1, 8.8.8.8]", "backup.b.example 5269 [8.8.4.4]");
    }

    @Test
    void cnamesAreFollowedAtTheOwnerAndAtTheTarget() throws Exception {
        dns.add("_xmpp-server._tcp.b.example", Type.CNAME, "_xmpp-server._tcp.host.example.")
                .add("_xmpp-server._tcp.host.example", Type.SRV, "0 0 5269 alias.example.")
                .add("alias.example", Type.CNAME, "real.example.")
                .add("real.example", Type.A, "8.8.8.8");
        assertThat(targets(resolve(resolver(), "b.example"))).containsExactly("alias.example 5269 [8.8.8.8]");
    }

    @Test
    void noRecordFallsBackToTheAddressWhetherTheNameExistsOrNot() throws Exception {
        dns.add("nx.example", Type.A, "8.8.8.8")
                .add("nodata.example", Type.A, "8.8.8.8")
                .add("_xmpp-server._tcp.nodata.example", Type.TXT, "x");
        for (String domain : List.of("nx.example", "nodata.example")) {
            assertThat(targets(resolve(resolver(), domain))).containsExactly(domain + " 5269 [8.8.8.8]");
        }
    }

    @Test
    void servfailAndSilenceNeverFallBack() throws Exception {
        dns.fail("_xmpp-server._tcp.sick.example")
                .add("sick.example", Type.A, "8.8.8.8")
                .silence("_xmpp-server._tcp.mute.example")
                .add("mute.example", Type.A, "8.8.8.8");
        DnsResolver resolver = resolver("timeout = 100ms");
        assertFailed(resolve(resolver, "sick.example"), Reason.RESOLUTION_FAILED, "_xmpp-server._tcp.sick.example");
        assertFailed(resolve(resolver, "mute.example"), Reason.RESOLUTION_FAILED, "DNS did not answer");
        dns.refuse("_xmpp-server._tcp.shy.example").add("shy.example", Type.A, "8.8.8.8");
        assertFailed(resolve(resolver, "shy.example"), Reason.RESOLUTION_FAILED, "answered REFUSED");
        dns.fail("_xmpps-server._tcp.half.example").add("half.example", Type.A, "8.8.8.8");
        assertFailed(resolve(resolver, "half.example"), Reason.RESOLUTION_FAILED, "answered SERVFAIL");
        assertThat(dns.asked()).noneMatch(question -> question.startsWith("A "));
    }

    @Test
    void targetDotIsFinal() throws Exception {
        dns.add("_xmpp-server._tcp.none.example", Type.SRV, "0 0 0 .").add("none.example", Type.A, "8.8.8.8");
        assertFailed(resolve(resolver(), "none.example"), Reason.REMOTE_NOT_FOUND, "says that it has no XMPP server");
    }

    @Test
    void unknownDomainIsNotFoundWithAllSteps() throws Exception {
        assertFailed(
                resolve(resolver(), "nowhere.example"),
                Reason.REMOTE_NOT_FOUND,
                "type=SRV, name=_xmpps-server._tcp.nowhere.example, answer=NO_NAME",
                "type=SRV, name=_xmpp-server._tcp.nowhere.example, answer=NO_NAME",
                "type=AAAA, name=nowhere.example, answer=NO_NAME",
                "type=A, name=nowhere.example, answer=NO_NAME");
    }

    @Test
    void answersTooBigForUdpCome() throws Exception {
        for (int i = 1; i <= 80; i++) {
            String host = "a-long-target-name-number-" + i + ".b.example";
            dns.add("_xmpp-server._tcp.b.example", Type.SRV, i + " 0 5269 " + host + ".")
                    .add(host, Type.A, "8.8.8." + i);
        }
        ResolutionReport report = resolve(resolver(), "b.example");
        assertThat(targets(report))
                .hasSize(16)
                .startsWith(
                        "a-long-target-name-number-1.b.example 5269 [8.8.8.1]",
                        "a-long-target-name-number-2.b.example 5269 [8.8.8.2]");
        assertThat(report.notes()).anyMatch(note -> note.contains("Only 16 of 80"));
    }

    @Test
    void privateAddressesAreRefusedUnlessAllowed() throws Exception {
        dns.add("inner.example", Type.A, "192.168.1.1").add("inner.example", Type.AAAA, "::1");
        assertFailed(
                resolve(resolver(), "inner.example"),
                Reason.POLICY_REFUSED,
                "wavegate.s2s.resolve.allow-private-addresses",
                "192.168.1.1");
        assertThat(targets(resolve(resolver("allow-private-addresses = on"), "inner.example")))
                .containsExactly("inner.example 5269 [0:0:0:0:0:0:0:1, 192.168.1.1]");
    }

    @Test
    void pinsAreTakenWithoutAskingDnsForExactlyTheDomainsNamed() throws Exception {
        DnsResolver resolver = resolver(
                "pins { \"b.example\" = [\"127.0.0.2:5270\", \"[::1]:5269\"], wave.b.example = [\"127.0.0.3\"] }");
        assertThat(targets(resolve(resolver, "b.example")))
                .containsExactly("b.example 5270 [127.0.0.2]", "b.example 5269 [0:0:0:0:0:0:0:1]");
        assertThat(targets(resolve(resolver, "wave.b.example"))).containsExactly("wave.b.example 5269 [127.0.0.3]");
        assertThat(dns.asked()).isEmpty();
        assertFailed(resolve(resolver, "other.b.example"), Reason.REMOTE_NOT_FOUND, "answer=NO_NAME");
    }

    @Test
    void answersAreReusedNoLongerThanTheirTtlAndNegativeOnesBriefly() throws Exception {
        dns.add("b.example", 30, Type.A, "8.8.8.8");
        DnsResolver resolver = resolver("negative-ttl = 5s");
        resolve(resolver, "b.example");
        assertThat(dns.asked()).hasSize(4);
        resolve(resolver, "b.example");
        assertThat(dns.asked()).hasSize(4);
        now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(6)));
        resolve(resolver, "b.example");
        assertThat(dns.asked()).hasSize(7);
        assertThat(dns.asked().subList(4, 7))
                .containsExactlyInAnyOrder(
                        "SRV _xmpps-server._tcp.b.example", "SRV _xmpp-server._tcp.b.example", "AAAA b.example");
        now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(25)));
        resolve(resolver, "b.example");
        assertThat(dns.asked()).hasSize(11);
    }

    @Test
    void theSameQuestionAskedAtOnceGoesOutOnce() throws Exception {
        dns.add("b.example", Type.A, "8.8.8.8");
        DnsResolver resolver = resolver();
        Domain domain = Domain.parse("b.example").orElseThrow();
        List<CompletableFuture<ResolutionReport>> all = IntStream.range(0, 50)
                .mapToObj(i -> resolver.report(domain).toCompletableFuture())
                .toList();
        for (CompletableFuture<ResolutionReport> one : all) {
            targets(one.get(20, TimeUnit.SECONDS));
        }
        assertThat(dns.asked()).hasSize(4);
    }

    @Test
    void internationalDomainsAreAskedForInALabels() throws Exception {
        dns.add("xn--bcher-kva.example", Type.A, "8.8.8.8");
        assertThat(targets(resolve(resolver(), "bücher.example"))).hasSize(1);
    }

    @Test
    void oneTargetWithoutAddressDoesNotHideTheOthers() throws Exception {
        dns.add("_xmpp-server._tcp.b.example", Type.SRV, "0 0 5269 gone.b.example.")
                .add("_xmpp-server._tcp.b.example", Type.SRV, "1 0 5269 sick.b.example.")
                .add("_xmpp-server._tcp.b.example", Type.SRV, "2 0 5269 here.b.example.")
                .fail("sick.b.example")
                .add("here.b.example", Type.A, "8.8.8.8");
        assertThat(targets(resolve(resolver(), "b.example")))
                .containsExactly("gone.b.example 5269 []", "sick.b.example 5269 []", "here.b.example 5269 [8.8.8.8]");
    }

    @Test
    void bothServicesAreMixedByPriority() throws Exception {
        dns.add("_xmpps-server._tcp.b.example", Type.SRV, "10 0 5270 b.example.")
                .add("_xmpp-server._tcp.b.example", Type.SRV, "5 0 5269 b.example.")
                .add("_xmpp-server._tcp.b.example", Type.SRV, "20 0 5269 old.b.example.")
                .add("b.example", Type.A, "8.8.8.8")
                .add("old.b.example", Type.A, "8.8.4.4");
        assertThat(targets(resolve(resolver(), "b.example")))
                .containsExactly(
                        "b.example 5269 [8.8.8.8]", "b.example 5270 direct [8.8.8.8]", "old.b.example 5269 [8.8.4.4]");
        assertThat(targets(resolve(resolver("direct-tls = off"), "b.example")))
                .containsExactly("b.example 5269 [8.8.8.8]", "old.b.example 5269 [8.8.4.4]");
    }

    @Test
    void directTlsAloneIsEnoughAndItsDotIsNotTheEnd() throws Exception {
        dns.add("_xmpps-server._tcp.only.example", Type.SRV, "0 0 5270 only.example.")
                .add("_xmpp-server._tcp.only.example", Type.SRV, "0 0 0 .")
                .add("only.example", Type.A, "8.8.8.8")
                .add("_xmpps-server._tcp.plain.example", Type.SRV, "0 0 0 .")
                .add("_xmpp-server._tcp.plain.example", Type.SRV, "0 0 5269 only.example.")
                .add("_xmpps-server._tcp.dot.example", Type.SRV, "0 0 0 .")
                .add("dot.example", Type.A, "8.8.8.8");
        assertThat(targets(resolve(resolver(), "only.example"))).containsExactly("only.example 5270 direct [8.8.8.8]");
        assertThat(targets(resolve(resolver(), "plain.example"))).containsExactly("only.example 5269 [8.8.8.8]");
        // Only "no direct TLS here", but a record is there: no fallback to the address either (spec 2.1.3).
        assertFailed(resolve(resolver(), "dot.example"), Reason.REMOTE_NOT_FOUND, "says that it has no XMPP server");
    }

    @Test
    void aliasesThatDoNotEndAreGivenUp() throws Exception {
        dns.add("_xmpp-server._tcp.loop.example", Type.SRV, "0 0 5269 a.loop.example.")
                .add("a.loop.example", Type.CNAME, "b.loop.example.")
                .add("b.loop.example", Type.CNAME, "a.loop.example.");
        assertFailed(resolve(resolver(), "loop.example"), Reason.RESOLUTION_FAILED, "or a loop");
        assertThat(dns.asked()).hasSizeLessThan(30);
    }

    @Test
    void anAliasAsSrvTargetIsFollowedAndNoted() throws Exception {
        dns.add("_xmpp-server._tcp.b.example", Type.SRV, "0 0 5269 one.example.")
                .add("one.example", Type.CNAME, "two.example.")
                .add("two.example", Type.A, "8.8.8.8");
        ResolutionReport report = resolve(resolver(), "b.example");
        assertThat(targets(report)).containsExactly("one.example 5269 [8.8.8.8]");
        assertThat(report.notes()).singleElement().asString().contains("one.example is an alias of two.example");
    }

    @Test
    void theZoneSaysHowLongItsNoIsGood() throws Exception {
        dns.negativeTtl(2).add("b.example", 300, Type.A, "8.8.8.8");
        DnsResolver resolver = resolver("negative-ttl = 60s");
        resolve(resolver, "b.example");
        now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(1)));
        resolve(resolver, "b.example");
        assertThat(dns.asked()).hasSize(4);
        now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(2)));
        resolve(resolver, "b.example");
        assertThat(dns.asked()).hasSize(7);
    }

    @Test
    void theReportHasTheOrderThatTheNextDialWouldHave() throws Exception {
        dns.add("_xmpp-server._tcp.b.example", Type.SRV, "0 0 5269 one.example.")
                .add("_xmpp-server._tcp.b.example", Type.SRV, "1 0 5269 two.example.")
                .add("one.example", Type.A, "8.8.8.8")
                .add("two.example", Type.A, "8.8.4.4");
        DnsResolver resolver = resolver();
        resolver.tried(new Target("one.example", 5269, false), false);
        ResolutionReport report = resolve(resolver, "b.example");
        assertThat(targets(report)).containsExactly("two.example 5269 [8.8.4.4]", "one.example 5269 [8.8.8.8]");
        assertThat(report.notes())
                .singleElement()
                .asString()
                .startsWith("one.example port 5269 comes after the others");
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(1)));
        assertThat(targets(resolve(resolver, "b.example"))).first().isEqualTo("one.example 5269 [8.8.8.8]");
    }

    @Test
    void flushingForgetsADomainWithItsHostsAndNothingElse() throws Exception {
        dns.add("_xmpp-server._tcp.wave.b.example", Type.SRV, "0 0 5269 host.example.")
                .add("host.example", Type.A, "8.8.8.8")
                .add("other.example", Type.A, "8.8.4.4");
        DnsResolver resolver = resolver("negative-ttl = 60s");
        resolve(resolver, "wave.b.example");
        resolve(resolver, "other.example");
        assertThat(resolver.flush(Domain.parse("b.example"))).isEqualTo(4);
        assertThat(resolver.flush(Domain.parse("b.example"))).isZero();
        assertThat(resolver.flush(Optional.empty())).isEqualTo(4);
    }

    @Test
    void aServerThatRefusesOrIsSilentIsPassedOver() throws Exception {
        dns.add("_xmpp-server._tcp.b.example", Type.SRV, "0 0 5269 host.example.")
                .add("host.example", Type.A, "8.8.8.8");
        try (LabDns sick = LabDns.onLoopback()) {
            for (String name : List.of("_xmpp-server._tcp.b.example", "_xmpps-server._tcp.b.example")) {
                sick.refuse(name);
            }
            sick.silence("host.example");
            String both = "servers = [\"127.0.0.1:" + sick.address().getPort() + "\", \"127.0.0.1:"
                    + dns.address().getPort() + "\"]\ntimeout = 100ms";
            assertThat(targets(resolve(resolverWith(both), "b.example")))
                    .containsExactly("host.example 5269 [8.8.8.8]");
        }
    }
}
