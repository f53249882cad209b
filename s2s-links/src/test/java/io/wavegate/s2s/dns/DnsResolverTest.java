package io.wavegate.s2s.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.lab.LabDns;
import io.wavegate.s2s.resolve.Resolution;
import io.wavegate.s2s.resolve.ResolveSettings;
import io.wavegate.s2s.resolve.Target;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
        ResolveSettings settings = ResolveSettings.from(ConfigFactory.parseString(servers + String.join("\n", more))
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

    private static Resolution resolve(DnsResolver resolver, String domain) throws Exception {
        return resolver.resolve(domain).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static List<Target> targets(Resolution resolution) {
        assertThat(resolution).isInstanceOf(Resolution.Targets.class);
        return ((Resolution.Targets) resolution).targets();
    }

    private static void assertFailed(Resolution resolution, Reason reason, String... says) {
        assertThat(resolution).isInstanceOfSatisfying(Resolution.Failed.class, failed -> {
            assertThat(failed.end().reason()).isEqualTo(reason);
            assertThat(failed.end().text()).contains(says);
        });
    }

    private static InetAddress ip(String literal) throws IOException {
        return InetAddress.getByName(literal);
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
                        new Target("main.b.example", 15_269, List.of(ip("2600::1"), ip("8.8.8.8"))),
                        new Target("backup.b.example", 5269, List.of(ip("8.8.4.4"))));
    }

    @Test
    void cnamesAreFollowedAtTheOwnerAndAtTheTarget() throws Exception {
        dns.add("_xmpp-server._tcp.b.example", Type.CNAME, "_xmpp-server._tcp.host.example.")
                .add("_xmpp-server._tcp.host.example", Type.SRV, "0 0 5269 alias.example.")
                .add("alias.example", Type.CNAME, "real.example.")
                .add("real.example", Type.A, "8.8.8.8");
        assertThat(targets(resolve(resolver(), "b.example")))
                .containsExactly(new Target("alias.example", 5269, List.of(ip("8.8.8.8"))));
    }

    @Test
    void noRecordFallsBackToTheAddressWhetherTheNameExistsOrNot() throws Exception {
        dns.add("nx.example", Type.A, "8.8.8.8")
                .add("nodata.example", Type.A, "8.8.8.8")
                .add("_xmpp-server._tcp.nodata.example", Type.TXT, "x");
        for (String domain : List.of("nx.example", "nodata.example")) {
            assertThat(targets(resolve(resolver(), domain)))
                    .containsExactly(new Target(domain, 5269, List.of(ip("8.8.8.8"))));
        }
    }

    @Test
    void servfailAndSilenceNeverFallBack() throws Exception {
        dns.fail("_xmpp-server._tcp.sick.example")
                .add("sick.example", Type.A, "8.8.8.8")
                .silence("_xmpp-server._tcp.mute.example")
                .add("mute.example", Type.A, "8.8.8.8");
        DnsResolver resolver = resolver("timeout = 100ms");
        assertFailed(resolve(resolver, "sick.example"), Reason.RESOLUTION_FAILED, "SRV _xmpp-server._tcp.sick.example");
        assertFailed(resolve(resolver, "mute.example"), Reason.RESOLUTION_FAILED, "DNS did not answer");
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
                "SRV _xmpp-server._tcp.nowhere.example: no such name",
                "AAAA nowhere.example: no such name",
                "A nowhere.example: no such name");
    }

    @Test
    void answersTooBigForUdpCome() throws Exception {
        for (int i = 1; i <= 80; i++) {
            String host = "a-long-target-name-number-" + i + ".b.example";
            dns.add("_xmpp-server._tcp.b.example", Type.SRV, i + " 0 5269 " + host + ".")
                    .add(host, Type.A, "8.8.8." + i);
        }
        Resolution resolution = resolve(resolver(), "b.example");
        assertThat(targets(resolution))
                .hasSize(16)
                .extracting(Target::host)
                .startsWith("a-long-target-name-number-1.b.example", "a-long-target-name-number-2.b.example");
        assertThat(((Resolution.Targets) resolution).steps()).anyMatch(step -> step.contains("only 16 of 80"));
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
                .containsExactly(new Target("inner.example", 5269, List.of(ip("::1"), ip("192.168.1.1"))));
    }

    @Test
    void pinsAreTakenWithoutAskingDnsForExactlyTheDomainsNamed() throws Exception {
        DnsResolver resolver = resolver(
                "pins { \"b.example\" = [\"127.0.0.2:5270\", \"[::1]:5269\"], wave.b.example = [\"127.0.0.3\"] }");
        assertThat(targets(resolve(resolver, "b.example")))
                .containsExactly(
                        new Target("b.example", 5270, List.of(ip("127.0.0.2"))),
                        new Target("b.example", 5269, List.of(ip("::1"))));
        assertThat(targets(resolve(resolver, "wave.b.example")))
                .containsExactly(new Target("wave.b.example", 5269, List.of(ip("127.0.0.3"))));
        assertThat(dns.asked()).isEmpty();
        assertFailed(resolve(resolver, "other.b.example"), Reason.REMOTE_NOT_FOUND, "no such name");
    }

    @Test
    void answersAreReusedNoLongerThanTheirTtlAndNegativeOnesBriefly() throws Exception {
        dns.add("b.example", 30, Type.A, "8.8.8.8");
        DnsResolver resolver = resolver("negative-ttl = 5s");
        resolve(resolver, "b.example");
        assertThat(dns.asked()).hasSize(3);
        resolve(resolver, "b.example");
        assertThat(dns.asked()).hasSize(3);
        now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(6)));
        resolve(resolver, "b.example");
        assertThat(dns.asked()).hasSize(5).endsWith("SRV _xmpp-server._tcp.b.example", "AAAA b.example");
        now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(25)));
        resolve(resolver, "b.example");
        assertThat(dns.asked()).hasSize(8);
    }

    @Test
    void theSameQuestionAskedAtOnceGoesOutOnce() throws Exception {
        dns.add("b.example", Type.A, "8.8.8.8");
        DnsResolver resolver = resolver();
        List<CompletableFuture<Resolution>> all = java.util.stream.IntStream.range(0, 50)
                .mapToObj(i -> resolver.resolve("b.example").toCompletableFuture())
                .toList();
        for (CompletableFuture<Resolution> one : all) {
            targets(one.get(20, TimeUnit.SECONDS));
        }
        assertThat(dns.asked()).hasSize(3);
    }

    @Test
    void internationalDomainsAreAskedForInALabels() throws Exception {
        dns.add("xn--bcher-kva.example", Type.A, "8.8.8.8");
        assertThat(targets(resolve(resolver(), "bücher.example"))).hasSize(1);
    }

    @Test
    void nonsenseForDnsIsAnAnswerNotAnException() throws Exception {
        assertFailed(resolve(resolver(), "x".repeat(64) + ".example"), Reason.REMOTE_NOT_FOUND, "not a domain name");
        assertFailed(resolve(resolver(), "a..example"), Reason.REMOTE_NOT_FOUND, "not a domain name");
    }

    @Test
    void oneTargetWithoutAddressDoesNotHideTheOthers() throws Exception {
        dns.add("_xmpp-server._tcp.b.example", Type.SRV, "0 0 5269 gone.b.example.")
                .add("_xmpp-server._tcp.b.example", Type.SRV, "1 0 5269 sick.b.example.")
                .add("_xmpp-server._tcp.b.example", Type.SRV, "2 0 5269 here.b.example.")
                .fail("sick.b.example")
                .add("here.b.example", Type.A, "8.8.8.8");
        assertThat(targets(resolve(resolver(), "b.example")))
                .containsExactly(new Target("here.b.example", 5269, List.of(ip("8.8.8.8"))));
    }
}
