package io.wavegate.s2s.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.stream.StreamEnd.Reason;
import io.wavegate.s2s.xml.StreamErrorCondition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that sends us to another host (RFC 6120 section 4.9.3.19): how far that leads, and where it does not. */
class SeeOtherHostTest {
    private final DialWorld world =
            new DialWorld().srv("b.example", "0 0 5269 a.host.example").host("a.host.example", "8.8.8.8");

    @ParameterizedTest
    @CsvSource({
        "other.example, 5269",
        "Other.Example:5270, 5270",
        "' other.example. ', 5269",
        "8.8.4.4, 5269",
        "8.8.4.4:443, 443",
        "[2001:4860::8]:5222, 5222",
    })
    void theOtherHostIsTriedNext(String place, int port) {
        String address = place.startsWith("[") ? "2001:4860::8" : "8.8.4.4";
        world.sendsTo("8.8.8.8", 5269, place)
                .host("other.example", "8.8.4.4")
                .up(address, port, 5)
                .dial("b.example");
        assertThat(world.outcome()).contains("attempt 2");
        assertThat(world.underWay()).containsExactly(2);
    }

    @Test
    void whereItDoesNotAnswerTheOtherTargetsOfTheDomainFollow() {
        DialWorld two = new DialWorld()
                .srv("b.example", "0 0 5269 a.host.example", "10 0 5269 c.host.example")
                .host("a.host.example", "8.8.8.8")
                .host("c.host.example", "9.9.9.9")
                .host("other.example", "8.8.4.4")
                .sendsTo("8.8.8.8", 5269, "other.example")
                .refuses("8.8.4.4", 5269)
                .up("9.9.9.9", 5269, 5);
        assertThat(two.dial("b.example").outcome()).contains("attempt 3");
    }

    @Test
    void twoServersThatSendUsToEachOtherAreLeft() {
        world.host("other.example", "8.8.4.4")
                .sendsTo("8.8.8.8", 5269, "other.example")
                .sendsTo("8.8.4.4", 5269, "a.host.example")
                .dial("b.example");
        assertThat(world.connects()).hasSize(3);
        assertThat(world.failure().reason()).isEqualTo(Reason.REMOTE_STREAM_ERROR);
        assertThat(world.failure().error()).contains(StreamErrorCondition.SEE_OTHER_HOST);
        assertThat(world.failure().text())
                .contains("8.8.8.8 port 5269: it sends us to other.example;")
                .contains("8.8.8.8 port 5269: it sends us to other.example, which is one host too many");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.1:5269",
                "[::1]:22",
                "169.254.169.254:80",
                "",
                "other.example:0",
                "other.example:65536",
                "other.example:x",
                "a b",
                "other.example/x",
                "[2001:db8::",
            })
    void placesThatAreNoneOrPrivateAreNotGoneTo(String place) {
        world.host("other.example", "8.8.4.4")
                .up("127.0.0.1", 5269, 1)
                .sendsTo("8.8.8.8", 5269, place)
                .dial("b.example");
        assertThat(world.connects()).hasSize(1);
        assertThat(world.failure().text()).contains("where nobody may be sent");
    }

    @Test
    void aNameThatLeadsToAPrivateAddressIsNotGoneToEither() {
        world.host("other.example", "10.1.1.1")
                .up("10.1.1.1", 5269, 1)
                .sendsTo("8.8.8.8", 5269, "other.example")
                .dial("b.example");
        assertThat(world.connects()).hasSize(1);
        assertThat(world.failure().text()).contains("10.1.1.1");
    }

    @Test
    void aPortOfItsOwnKeepsTheWayTlsBegins() {
        DialWorld direct = new DialWorld()
                .directSrv("b.example", "0 0 5270 a.host.example")
                .host("a.host.example", "8.8.8.8")
                .host("other.example", "8.8.4.4")
                .sendsTo("8.8.8.8", 5270, "other.example:5271")
                .up("8.8.4.4", 5271, 5);
        direct.dial("b.example");
        assertThat(direct.connects().get(1)).endsWith("8.8.4.4 5271 direct");
    }
}
