package io.wavegate.s2s.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.resolve.DnsQuestion.Type;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scenarios of a dial on a clock of their own. */
class DialTest {
    private final DialWorld world = new DialWorld();

    @Test
    void oneServerIsFoundAndTheTraceIsTheAlgorithm() {
        world.srv("b.example", "0 0 5269 host.example")
                .host("host.example", "8.8.8.8")
                .up("8.8.8.8", 5269, 10);
        world.dial("b.example");
        assertThat(world.trace())
                .containsExactly(
                        "0 ask SRV _xmpps-server._tcp.b.example",
                        "0 ask SRV _xmpp-server._tcp.b.example",
                        "1 ask AAAA host.example",
                        "1 ask A host.example",
                        "2 connect 1 8.8.8.8 5269");
        assertThat(world.outcome()).contains("attempt 1");
    }

    @Test
    void withoutSrvTheAddressOfTheDomainAndPort5269() {
        world.host("b.example", "8.8.8.8").up("8.8.8.8", 5269, 10).dial("b.example");
        assertThat(world.connects()).containsExactly("2 connect 1 8.8.8.8 5269");
        assertThat(world.outcome()).isPresent();
    }

    @Test
    void srvFailureOfEitherServiceNeverFallsBack() {
        world.fails("_xmpps-server._tcp.b.example", Type.SRV)
                .host("b.example", "8.8.8.8")
                .up("8.8.8.8", 5269, 10)
                .dial("b.example");
        assertThat(world.connects()).isEmpty();
        assertThat(world.failure().reason()).isEqualTo(Reason.RESOLUTION_FAILED);
    }

    @Test
    void silentDnsEndsWithTheOpenTimeoutNotLater() {
        world.silent("_xmpp-server._tcp.b.example", Type.SRV)
                .host("b.example", "8.8.8.8")
                .dial("b.example");
        assertThat(world.nowMillis()).isEqualTo(35_000);
        assertThat(world.failure().reason()).isEqualTo(Reason.RESOLUTION_FAILED);
        assertThat(world.connects()).isEmpty();
    }

    @Test
    void oneServiceFailingDoesNotHideTheOther() {
        world.fails("_xmpps-server._tcp.b.example", Type.SRV)
                .srv("b.example", "0 0 5269 host.example")
                .host("host.example", "8.8.8.8")
                .up("8.8.8.8", 5269, 10)
                .dial("b.example");
        assertThat(world.outcome()).isPresent();
    }

    @Test
    void deadFirstThenAlive() {
        world.srv("b.example", "0 0 5269 dead.example", "10 0 5269 live.example")
                .host("dead.example", "8.8.8.8")
                .host("live.example", "8.8.4.4")
                .refuses("8.8.8.8", 5269)
                .up("8.8.4.4", 5269, 10)
                .dial("b.example");
        assertThat(world.connects()).hasSize(2).last().asString().endsWith("connect 2 8.8.4.4 5269");
        assertThat(world.nowMillis()).isLessThan(200);
        assertThat(world.outcome()).contains("attempt 2");
    }

    @Test
    void addressesOfALaterTargetAreNotEvenAskedForWhileAnEarlierOneWorks() {
        world.srv("b.example", "0 0 5269 one.example", "10 0 5269 two.example")
                .host("one.example", "8.8.8.8")
                .host("two.example", "8.8.4.4")
                .up("8.8.8.8", 5269, 10)
                .dial("b.example");
        assertThat(world.questions()).noneMatch(line -> line.contains("two.example"));
    }

    private void aThousandTargets(IntFunction<String> address) {
        for (int target = 0; target < 1_000; target++) {
            String host = "t" + target + ".example";
            world.srv("b.example", target + " 0 5269 " + host);
            for (int i = 0; i < 50; i++) {
                world.host(host, address.apply(target * 50 + i));
            }
        }
    }

    private static String address(int number) {
        return "8." + number / 65_536 + "." + number / 256 % 256 + "." + number % 256;
    }

    @Test
    void ofAThousandTargetsWithFiftyAddressesEachAFewAreTriedAndTheOperatorIsToldSo() {
        aThousandTargets(number -> {
            world.refuses(address(number), 5269);
            return address(number);
        });
        world.dial("b.example");
        assertThat(world.connects()).hasSize(16 * 8);
        assertThat(world.questions()).hasSize(2 + 16 * 2);
        assertThat(world.nowMillis()).isLessThanOrEqualTo(35_000);
        assertThat(world.failure().reason()).isEqualTo(Reason.CONNECT_FAILED);
        assertThat(world.failure().text()).contains("b.example", "16 of 1000").hasSizeLessThan(20_000);
    }

    @Test
    void aThousandTargetsThatHangCostTheTimeOfOneDial() {
        aThousandTargets(DialTest::address);
        world.dial("b.example");
        assertThat(world.nowMillis()).isLessThanOrEqualTo(35_000);
        assertThat(world.connects()).hasSizeLessThanOrEqualTo(16 * 8);
        assertThat(world.mostUnderWay()).isLessThanOrEqualTo(8);
        assertThat(world.underWay()).isEmpty();
        assertThat(world.failure().text()).contains("16 of 1000").hasSizeLessThan(20_000);
    }

    @Test
    void aHangingConnectCostsTheConnectTimeoutAndTheNextTargetHasItsTurn() {
        world.srv("b.example", "0 0 5269 hole.example", "10 0 5269 live.example")
                .host("hole.example", "8.8.8.8")
                .host("live.example", "8.8.4.4")
                .up("8.8.4.4", 5269, 10)
                .dial("b.example");
        assertThat(world.connects()).containsExactly("2 connect 1 8.8.8.8 5269", "10003 connect 2 8.8.4.4 5269");
        assertThat(world.trace()).contains("10002 abandon 1");
        assertThat(world.outcome()).contains("attempt 2");
    }

    @Test
    void whoeverLedThereAHangingServerCostsItsTimeOutOnce() {
        world.srv("b.example", "0 0 5269 hole.example", "10 0 5269 live.example")
                .srv("wave.b.example", "0 0 5269 hole.example", "10 0 5269 live.example")
                .host("hole.example", "8.8.8.8")
                .host("live.example", "8.8.4.4")
                .up("8.8.4.4", 5269, 10)
                .dial("b.example");
        long before = world.dial("wave.b.example").nowMillis();
        assertThat(before).isLessThan(10_500);
        assertThat(world.connects()).hasSize(3).last().asString().endsWith("1 8.8.4.4 5269");
    }

    @Test
    void whatWasTriedAfterTheOthersIsSaid() {
        world.srv("b.example", "0 0 5269 one.example", "10 0 5269 two.example")
                .host("one.example", "8.8.8.8")
                .host("two.example", "8.8.4.4")
                .refuses("8.8.8.8", 5269)
                .endsWith("8.8.4.4", 5269, Reason.TLS_FAILED)
                .dial("b.example");
        assertThat(world.dial("b.example").failure().text())
                .contains("one.example port 5269 comes after the others", "8.8.4.4 port 5269: tls-failed");
    }

    @Test
    void aServerThatWasDeadIsTriedLastAndFirstAgainAfterAMinute() {
        world.srv("b.example", "0 0 5269 one.example", "10 0 5269 two.example")
                .host("one.example", "8.8.8.8")
                .host("two.example", "8.8.4.4")
                .refuses("8.8.8.8", 5269)
                .refuses("8.8.4.4", 5269)
                .dial("b.example");
        world.up("8.8.8.8", 5269, 10).dial("b.example");
        assertThat(world.outcome()).isPresent();
        world.later(61_000).dial("b.example");
        assertThat(world.connects()).last().asString().endsWith("connect 1 8.8.8.8 5269");
    }

    @Test
    void manyHangingTargetsShareTheTimeSoThatTheLastHasItsTurn() {
        String[] srv = IntStream.range(0, 12)
                .mapToObj(i -> i + " 0 5269 h" + i + ".example")
                .toArray(String[]::new);
        world.srv("b.example", srv).up("8.8.8.11", 5269, 10);
        IntStream.range(0, 12).forEach(i -> world.host("h" + i + ".example", "8.8.8." + i));
        IntStream.range(0, 6).forEach(i -> world.mute("8.8.8." + i, 5269));
        world.dial("b.example");
        assertThat(world.outcome()).contains("attempt 12");
        assertThat(world.nowMillis()).isLessThan(35_000);
    }

    @Test
    void aTargetWhoseDnsIsSilentHasItsShareOnly() {
        world.srv("b.example", "0 0 5269 mute.example", "10 0 5269 live.example")
                .silent("mute.example", Type.AAAA)
                .silent("mute.example", Type.A)
                .host("live.example", "8.8.4.4")
                .up("8.8.4.4", 5269, 10)
                .dial("b.example");
        assertThat(world.outcome()).isPresent();
        assertThat(world.nowMillis()).isBetween(17_000L, 18_000L);
    }

    @Test
    void takingTheConnectionIsNotBeingThere() {
        world.srv("b.example", "0 0 5269 mute.example", "10 0 5269 live.example")
                .host("mute.example", "8.8.8.8")
                .host("live.example", "8.8.4.4")
                .mute("8.8.8.8", 5269)
                .up("8.8.4.4", 5269, 10)
                .dial("b.example");
        assertThat(world.outcome()).contains("attempt 2");
        assertThat(world.trace()).anyMatch(line -> line.endsWith("abandon 1"));
    }

    @Test
    void aFamilyThatTakesConnectionsAndSaysNothingDoesNotHideTheOther() {
        world.srv("b.example", "0 0 5269 half.example", "1 0 5269 dead.example")
                .host("half.example", "2600::1", "8.8.8.8")
                .mute("2600::1", 5269)
                .up("8.8.8.8", 5269, 10)
                .dial("b.example");
        assertThat(world.outcome()).contains("attempt 2");
    }

    @Test
    void allDeadFailsWithEveryStep() {
        world.srv("b.example", "0 0 5269 dead.example", "10 0 15269 dead.example")
                .host("dead.example", "8.8.8.8")
                .refuses("8.8.8.8", 5269)
                .refuses("8.8.8.8", 15_269)
                .dial("b.example");
        assertThat(world.failure().reason()).isEqualTo(Reason.CONNECT_FAILED);
        assertThat(world.failure().text())
                .contains(
                        "no stream to b.example",
                        "SRV _xmpp-server._tcp.b.example: 0 0 5269 dead.example, 10 0 15269 dead.example",
                        "A dead.example: 8.8.8.8",
                        "8.8.8.8 port 5269: connection refused",
                        "8.8.8.8 port 15269: connection refused");
    }

    @Test
    void aTargetWithoutAddressesIsPassedOver() {
        world.srv("b.example", "0 0 5269 nx.example", "1 0 5269 live.example")
                .host("live.example", "8.8.4.4")
                .up("8.8.4.4", 5269, 10)
                .dial("b.example");
        assertThat(world.outcome()).contains("attempt 1");
        DialWorld none = new DialWorld().srv("b.example", "0 0 5269 nx.example").dial("b.example");
        assertThat(none.failure().reason()).isEqualTo(Reason.REMOTE_NOT_FOUND);
        // Some SRV record existed, so the domain's own address is not tried (spec 2.1.6).
        assertThat(none.questions()).noneMatch(line -> line.endsWith("A b.example"));
    }

    @Test
    void ipv6GoesFirstAndIpv4FollowsAfterTheDelay() {
        world.host("b.example", "2600::1", "8.8.8.8").up("8.8.8.8", 5269, 10).dial("b.example");
        assertThat(world.connects())
                .containsExactly("2 connect 1 2600:0:0:0:0:0:0:1 5269", "252 connect 2 8.8.8.8 5269");
        assertThat(world.trace()).contains("262 abandon 1");
        assertThat(world.outcome()).contains("attempt 2");
    }

    @Test
    void ipv4WaitsFiftyMillisecondsForIpv6AndNoLonger() {
        world.host("b.example", "2600::1", "8.8.8.8")
                .answersAfter(500, "b.example", Type.AAAA)
                .up("8.8.8.8", 5269, 10)
                .dial("b.example");
        assertThat(world.connects()).containsExactly("52 connect 1 8.8.8.8 5269");
        DialWorld inTime = new DialWorld()
                .host("b.example", "2600::1", "8.8.8.8")
                .answersAfter(30, "b.example", Type.AAAA)
                .up("2600::1", 5269, 10)
                .dial("b.example");
        assertThat(inTime.connects()).containsExactly("31 connect 1 2600:0:0:0:0:0:0:1 5269");
    }

    @Test
    void ipv6ThatArrivesLateJoinsTheRace() {
        world.host("b.example", "2600::1", "8.8.8.8")
                .answersAfter(5_000, "b.example", Type.AAAA)
                .up("2600::1", 5269, 10)
                .dial("b.example");
        assertThat(world.connects())
                .containsExactly("52 connect 1 8.8.8.8 5269", "5001 connect 2 2600:0:0:0:0:0:0:1 5269");
        assertThat(world.outcome()).contains("attempt 2");
    }

    @Test
    void onlyIpv6() {
        world.host("b.example", "2600::1").up("2600::1", 5269, 10).dial("b.example");
        assertThat(world.outcome()).isPresent();
    }

    @Test
    void onlyOneFamilyFailingInDnsDoesNotHideTheOther() {
        world.host("b.example", "8.8.8.8")
                .fails("b.example", Type.AAAA)
                .up("8.8.8.8", 5269, 10)
                .dial("b.example");
        assertThat(world.outcome()).isPresent();
    }

    @Test
    void aFailureStartsTheNextAttemptAtOnce() {
        world.host("b.example", "2600::1", "8.8.8.8")
                .refuses("2600::1", 5269)
                .up("8.8.8.8", 5269, 10)
                .dial("b.example");
        assertThat(world.connects()).last().asString().startsWith("18 connect 2");
    }

    @Test
    void whatLostTheRaceIsTriedAgainIfTheWinnerIsNoServer() {
        world.host("b.example", "2600::1", "8.8.8.8")
                .up("2600::1", 5269, 400)
                .drops("8.8.8.8", 5269)
                .dial("b.example");
        assertThat(world.trace()).contains("257 abandon 1");
        assertThat(world.connects()).hasSize(3).last().asString().endsWith("connect 3 2600:0:0:0:0:0:0:1 5269");
        assertThat(world.outcome()).contains("attempt 3");
    }

    @Test
    void noConnectionIsLeftBehind() {
        world.host("b.example", "2600::1", "8.8.8.8", "8.8.8.9")
                .up("8.8.8.8", 5269, 600)
                .dial("b.example");
        assertThat(world.outcome()).isPresent();
        assertThat(world.underWay()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTHENTICATION_FAILED", "CERTIFICATE_REFUSED", "POLICY_REFUSED"})
    void whatTheDomainItselfDecidesIsNotAskedAgainElsewhere(Reason reason) {
        world.srv("b.example", "0 0 5269 one.example", "1 0 5269 two.example")
                .host("one.example", "8.8.8.8")
                .host("two.example", "8.8.4.4")
                .endsWith("8.8.8.8", 5269, reason)
                .up("8.8.4.4", 5269, 10)
                .dial("b.example");
        assertThat(world.connects()).hasSize(1);
        assertThat(world.failure().reason()).isEqualTo(reason);
    }

    @Test
    void aStrangersCertificateOnADirectTlsPortIsNotTheDomainsWord() {
        world.directSrv("b.example", "0 0 443 b.example")
                .srv("b.example", "1 0 5269 b.example")
                .host("b.example", "8.8.8.8")
                .endsWith("8.8.8.8", 443, Reason.CERTIFICATE_REFUSED)
                .up("8.8.8.8", 5269, 10)
                .dial("b.example");
        assertThat(world.connects()).containsExactly("2 connect 1 8.8.8.8 443 direct", "23 connect 2 8.8.8.8 5269");
        assertThat(world.outcome()).contains("attempt 2");
    }

    @Test
    void privateAddressesAreNotConnectedToAndOthersOfTheSameHostAre() {
        world.host("b.example", "127.0.0.1", "192.168.0.1", "8.8.8.8", "fe80::1", "::1")
                .up("8.8.8.8", 5269, 10)
                .dial("b.example");
        assertThat(world.connects()).containsExactly("2 connect 1 8.8.8.8 5269");
        DialWorld inner = new DialWorld().host("c.example", "127.0.0.1").dial("c.example");
        assertThat(inner.connects()).isEmpty();
        assertThat(inner.failure().reason()).isEqualTo(Reason.POLICY_REFUSED);
        assertThat(inner.failure().text()).contains("127.0.0.1 is refused: loopback", "allow-private-addresses");
    }

    @Test
    void whatOneDomainCanMakeUsDoIsBounded() {
        String[] srv = IntStream.range(0, 1000)
                .mapToObj(i -> "0 0 " + (1000 + i) + " host.example")
                .toArray(String[]::new);
        world.srv("b.example", srv);
        IntStream.range(0, 200)
                .forEach(i -> world.host("host.example", "8.8.8." + i, "2600::" + Integer.toHexString(i)));
        world.dial("b.example");
        assertThat(world.questions()).hasSizeLessThanOrEqualTo(2 + 2 * 16);
        assertThat(world.connects()).hasSizeLessThanOrEqualTo(16 * 8);
        assertThat(world.mostUnderWay()).isLessThanOrEqualTo(8);
        assertThat(world.underWay()).isEmpty();
        assertThat(world.nowMillis()).isLessThanOrEqualTo(35_000);
    }
}
