package io.wavegate.s2s.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.check.Check;
import io.wavegate.s2s.check.CheckReport;
import io.wavegate.s2s.check.CheckText;
import io.wavegate.s2s.check.Severity;
import io.wavegate.s2s.check.SignerFacts;
import io.wavegate.s2s.dns.DnsResolver;
import io.wavegate.s2s.lab.LabDns;
import io.wavegate.s2s.lab.PeerScripts;
import io.wavegate.s2s.resolve.ResolveSettings;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.s2s.vouch.KnownVouchers;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@code wavegate check} says of each DNS case, word for word: in {@code check/*.txt} among the test resources, every
 * time being 7 ms and every draw 0. To write them anew run with {@code -Dwavegate.golden.write=true} and read the difference.
 */
final class DnsCasesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
    private static final List<String> PLAIN = List.of("alpha", "beta", "gamma", "delta", "gw", "gw2", "gw3");
    private static LabDns dns;
    private static ExecutorService executor;

    @BeforeAll
    static void serve() throws Exception {
        dns = CasesZone.serve();
        executor = Executors.newFixedThreadPool(2);
        // The first answer of a JVM may take longer than a server is given for one here.
        check("cases.example");
    }

    @AfterAll
    static void stop() throws Exception {
        dns.close();
        executor.shutdownNow();
    }

    private static DnsResolver resolver() {
        Config config = ConfigFactory.parseString("servers = [\"127.0.0.1:"
                        + dns.address().getPort() + "\"], timeout = 300ms, allow-private-addresses = true")
                .withFallback(ConfigFactory.load().getConfig("wavegate.s2s.resolve"));
        return DnsResolver.over(ResolveSettings.from(config), executor, Clock.systemUTC(), total -> 0);
    }

    private static CheckReport check(String domain) throws Exception {
        ExpectedAnswers answers = new ExpectedAnswers();
        Set<String> waves = new HashSet<>(
                Set.of("fed.disco.example", "wave.guess.example", "wave.guess-only.example", "srv-port.example"));
        PLAIN.forEach(peer -> waves.add("wave." + peer + ".example"));
        Set<String> reachable = new HashSet<>(waves);
        reachable.addAll(Set.of(domain, "wave.many.example"));
        ScriptedEdge edge = new ScriptedEdge(
                answers, reachable, waves, Map.of("disco.example", List.of("fed.disco.example", "chat.disco.example")));
        SignerFacts signer = new SignerFacts("a.example", "CN=a.example", ScriptedPeers.UNTIL, Optional.empty());
        DomainCheck check = new DomainCheck(
                resolver(),
                new ScriptedPeers(),
                remote -> StreamPolicy.DEFAULT,
                edge,
                answers,
                () -> "id",
                local -> Optional.of(signer),
                remote -> CompletableFuture.completedFuture(KnownVouchers.NONE),
                () -> NOW);
        return check.run(new DomainPair("a.example", domain))
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({
        "srv-multi, ERROR",
        "srv-zero-weight, ERROR",
        "srv-dot, ERROR",
        "srv-port, NOTE",
        "no-srv, ERROR",
        "aaaa-only, ERROR",
        "cname-target, ERROR",
        "cname-srv, ERROR",
        "direct-tls, ERROR",
        "direct-only, ERROR",
        "direct-dead, ERROR",
        "dead-first, ERROR",
        "blackhole-first, ERROR",
        "all-dead, ERROR",
        "srv-nx, ERROR",
        "big-srv, ERROR",
        "disco, NOTE",
        "guess, NOTE",
        "nowave, ERROR",
        "guess-only, WARNING",
        "servfail, ERROR",
        "timeout, ERROR",
        "refused, ERROR",
        "epsilon, ERROR",
        "nxdomain, ERROR",
        "alpha, NOTE",
        "beta, NOTE",
        "gamma, NOTE",
        "delta, NOTE",
        "gw, NOTE",
        "gw2, NOTE",
        "gw3, NOTE",
        "many, ERROR",
        "tlsa-alpha, ERROR",
        "tlsa-beta, ERROR",
        "tlsa-gamma, ERROR",
        "tlsa-delta, ERROR",
        "tlsa-gw, ERROR"
    })
    void eachCaseIsToldInItsOwnWords(String name, Severity worst) throws Exception {
        CheckReport report = check(name + ".example");
        String text = CheckText.of(timeless(report));
        if (Boolean.getBoolean("wavegate.golden.write")) {
            Files.writeString(Path.of("src/test/resources/check", name + ".txt"), text);
            return;
        }
        try (InputStream golden = DnsCasesTest.class.getResourceAsStream("/check/" + name + ".txt")) {
            assertThat(golden).as("check/" + name + ".txt").isNotNull();
            assertThat(text).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(report.worst()).isEqualTo(worst);
    }

    /** A case that is added to the lab has to be told here too. */
    @Test
    void everyCaseOfTheLabIsHere() throws Exception {
        Path script = PeerScripts.folder().resolve("dns.sh");
        assumeThat(script).as("the lab's scripts").exists();
        String zone = Files.readString(script);
        String cases = zone.substring(zone.indexOf("; --- resolution cases"), zone.indexOf("TLSA of the standard"));
        Set<String> names = new TreeSet<>();
        Pattern owner =
                Pattern.compile("(?m)^(?:\\s*echo \")?(?:_xmpps?-server\\._tcp\\.)?([a-z0-9-]+)\\s+(?:A|SRV|CNAME)\\s");
        owner.matcher(cases).results().forEach(found -> names.add(found.group(1)));
        Pattern answers = Pattern.compile("(?:local-zone|name): \"([a-z]+)\\.example\\.\"");
        answers.matcher(zone).results().forEach(found -> names.add(found.group(1)));
        names.remove("cases");
        Matcher plain = Pattern.compile("(?m)^    for n in ([a-z ]+); do").matcher(zone);
        assertThat(plain.find()).isTrue();
        names.addAll(List.of(plain.group(1).split(" ")));
        Matcher withTlsa = Pattern.compile("(?m)^    for c in ([a-z ]+); do").matcher(zone);
        assertThat(withTlsa.find()).isTrue();
        List.of(withTlsa.group(1).split(" ")).forEach(name -> names.add("tlsa-" + name));
        assertThat(names).contains("srv-multi", "big-srv", "servfail", "refused", "direct-only");
        for (String name : names) {
            assertThat(DnsCasesTest.class.getResource("/check/" + name + ".txt"))
                    .as("check/" + name + ".txt")
                    .isNotNull();
        }
    }

    /** Times differ. */
    private static CheckReport timeless(CheckReport report) {
        List<Check> checks = report.checks().stream()
                .map(check -> new Check(
                        check.id(),
                        check.area(),
                        check.severity(),
                        check.side(),
                        check.finding(),
                        check.remedy(),
                        check.millis().isPresent() ? OptionalLong.of(7) : OptionalLong.empty()))
                .toList();
        return new CheckReport(report.subject(), report.local(), checks);
    }
}
