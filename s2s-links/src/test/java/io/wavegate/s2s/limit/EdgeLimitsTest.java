package io.wavegate.s2s.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.StreamErrorCondition;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdgeLimitsTest {
    private static final long NOW = 1;

    private static EdgeLimits limits(String overrides) {
        return new EdgeLimits(LimitSettings.from(ConfigFactory.parseString(overrides)
                .withFallback(ConfigFactory.load().getConfig("wavegate.s2s.streams.limits"))));
    }

    private static String network(String address) {
        try {
            return Network.of(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static long meter(EdgeLimits limits, String name, String limit, String scope) {
        return limits.meters().stream()
                .filter(meter -> meter.name().equals(name)
                        && limit.equals(meter.labels().get("limit"))
                        && scope.equals(meter.labels().getOrDefault("scope", scope)))
                .mapToLong(meter -> meter.value().getAsLong())
                .sum();
    }

    @Test
    void aNetworkOfIpv6IsOneAddress() {
        assertThat(network("2001:db8::1"))
                .isEqualTo(network("2001:db8::ffff:1"))
                .isNotEqualTo(network("2001:db8:0:1::1"));
        assertThat(network("192.0.2.1")).isNotEqualTo(network("192.0.2.2"));
    }

    @Test
    void aRefusalSaysWhatIsAllowedAndIsCounted() {
        EdgeLimits limits = limits("connections-per-address = 1");
        assertThat(limits.accepted("a", NOW).refusal()).isEmpty();
        Excess excess = limits.accepted("a", NOW).refusal().orElseThrow();
        StreamEnd end = excess.end();
        assertThat(end.reason()).isEqualTo(StreamEnd.Reason.LIMIT_EXCEEDED);
        assertThat(end.error()).contains(StreamErrorCondition.POLICY_VIOLATION);
        assertThat(end.text())
                .isEqualTo("too many connections from your network: 1 at once are allowed; try again later");
        assertThat(meter(limits, "wavegate_s2s_limit_hits", "connections", "address"))
                .isEqualTo(1);
        assertThat(limits.accepted("b", NOW).refusal()).isEmpty();
        assertThat(meter(limits, "wavegate_s2s_limit_used", "connections", "")).isEqualTo(2);
    }

    @Test
    void whatOthersHaveTakenIsAConstraintAndNoViolation() {
        EdgeLimits limits = limits("connections = 1");
        Admission first = limits.accepted("a", NOW);
        assertThat(limits.accepted("b", NOW).refusal().orElseThrow().end().error())
                .contains(StreamErrorCondition.RESOURCE_CONSTRAINT);
        first.close();
        first.close();
        assertThat(limits.accepted("b", NOW).refusal()).isEmpty();
    }

    @Test
    void anAuthenticatedConnectionIsNoLongerAHandshake() {
        EdgeLimits limits = limits("handshakes-per-address = 1");
        Admission first = limits.accepted("a", NOW);
        assertThat(limits.accepted("a", NOW).refusal().orElseThrow().limit()).isEqualTo(Limit.HANDSHAKES);
        assertThat(first.authenticated("bee.example", NOW)).isEmpty();
        Admission second = limits.accepted("a", NOW);
        assertThat(second.refusal()).isEmpty();
        second.close();
        first.close();
        assertThat(meter(limits, "wavegate_s2s_limit_used", "connections", "")).isZero();
        assertThat(meter(limits, "wavegate_s2s_limit_used", "handshakes", "")).isZero();
    }

    @Test
    void aDomainHasItsLimitFromWhereverItComes() {
        EdgeLimits limits = limits("connections-per-domain = 2");
        List<Admission> admissions = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            admissions.add(limits.accepted("a" + i, NOW));
        }
        assertThat(admissions.get(0).authenticated("bee.example", NOW)).isEmpty();
        assertThat(admissions.get(1).authenticated("bee.example", NOW)).isEmpty();
        Excess excess = admissions.get(2).authenticated("bee.example", NOW).orElseThrow();
        assertThat(excess.scope()).isEqualTo(Scope.DOMAIN);
        assertThat(limits.accepted("a3", NOW).authenticated("cat.example", NOW)).isEmpty();
        admissions.forEach(Admission::close);
        assertThat(limits.accepted("a4", NOW).authenticated("bee.example", NOW)).isEmpty();
    }

    @Test
    void connectingAgainAndAgainIsLimitedToo() {
        EdgeLimits limits = limits("attempts-per-minute-per-address = 2, attempts-per-minute-per-domain = 1");
        limits.accepted("a", NOW).close();
        limits.accepted("a", NOW).close();
        assertThat(limits.accepted("a", NOW).refusal().orElseThrow().text()).contains("2 in a minute");
        assertThat(limits.accepted("a", NOW + 60_000_000_000L).refusal()).isEmpty();

        assertThat(limits.accepted("b", NOW).authenticated("bee.example", NOW)).isEmpty();
        assertThat(limits.accepted("c", NOW).authenticated("bee.example", NOW)).isPresent();
    }

    @Test
    void verificationsAreLimitedByWhoAsksAndByWhoIsClaimed() {
        EdgeLimits limits = limits("verifications-per-address = 2, verifications-per-domain = 1");
        assertThat(limits.verify("a", "bee.example")).isEmpty();
        assertThat(limits.verify("b", "bee.example").orElseThrow().scope()).isEqualTo(Scope.DOMAIN);
        assertThat(limits.verify("a", "cat.example")).isEmpty();
        assertThat(limits.verify("a", "dan.example").orElseThrow().scope()).isEqualTo(Scope.ADDRESS);
        limits.verified("a", "bee.example");
        assertThat(limits.verify("a", "dan.example")).isEmpty();
        assertThat(meter(limits, "wavegate_s2s_limit_used", "verifications", ""))
                .isEqualTo(2);
    }

    @Test
    void bytesBelongToTheAddressFirstAndToTheDomainThen() {
        EdgeLimits limits = limits(
                "bytes-per-second-before-authentication-per-address = 10000, bytes-per-second-per-domain = 20000");
        Admission one = limits.accepted("a", NOW);
        Admission other = limits.accepted("a", NOW);
        assertThat(one.read(6_000, NOW)).isZero();
        assertThat(other.read(6_000, NOW)).isEqualTo(1_000_000_000L);
        one.authenticated("bee.example", NOW);
        assertThat(one.read(20_000, NOW)).isZero();
        assertThat(one.read(1, NOW)).isPositive();
        assertThat(meter(limits, "wavegate_s2s_limit_hits", "bytes", "address")).isEqualTo(1);
        assertThat(meter(limits, "wavegate_s2s_limit_hits", "bytes", "domain")).isEqualTo(1);
    }
}
