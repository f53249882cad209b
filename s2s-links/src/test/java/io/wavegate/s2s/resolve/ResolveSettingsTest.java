package io.wavegate.s2s.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolveSettingsTest {
    private static ResolveSettings with(String text) {
        return ResolveSettings.from(ConfigFactory.parseString(text)
                .withFallback(ConfigFactory.load().getConfig("wavegate.s2s.resolve")));
    }

    @Test
    void defaultsAreSafe() {
        ResolveSettings settings = with("");
        assertThat(settings.servers()).isEmpty();
        assertThat(settings.allowPrivateAddresses()).isFalse();
        assertThat(settings.pins().byDomain()).isEmpty();
        assertThat(settings.maximumTtl()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void serversArePort53UnlessSaid() {
        assertThat(with("servers = [\"127.0.0.1\", \"127.0.0.1:5353\", \"::1\", \"[::1]:54\"]")
                        .servers())
                .containsExactly(
                        new InetSocketAddress("127.0.0.1", 53),
                        new InetSocketAddress("127.0.0.1", 5353),
                        new InetSocketAddress("::1", 53),
                        new InetSocketAddress("::1", 54));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "b.example:5269",
                "127.0.0.1:0",
                "127.0.0.1:65536",
                "256.0.0.1",
                "1.2.3",
                "[::1",
                "::1]:1",
                "[127.0.0.1]:1",
                "",
                ":5269"
            })
    void whatIsNoNumericAddressIsRefusedByNameOfItsKey(String text) {
        assertThatThrownBy(() -> with("pins { \"b.example\" = [\"" + text + "\"] }"))
                .isInstanceOf(ConfigException.BadValue.class)
                .hasMessageContaining("b.example")
                .hasMessageContaining("\"" + text + "\", which is not a numeric address");
    }

    @Test
    void aPinForWhatIsNoDomainIsRefused() {
        assertThatThrownBy(() -> with("pins { \"no domain\" = [\"127.0.0.1\"] }"))
                .hasMessageContaining("is not a domain name");
    }

    @Test
    void anEmptyPinIsRefused() {
        assertThatThrownBy(() -> with("pins { \"b.example\" = [] }")).isInstanceOf(ConfigException.BadValue.class);
    }

    @Test
    void pinsNameDomainsInAnyForm() {
        Pins pins = with("pins { \"B.example\" = [\"127.0.0.2\"], bücher.example = [\"127.0.0.3\"] }")
                .pins();
        assertThat(pins.forDomain("b.example")).isPresent();
        assertThat(pins.forDomain("bücher.example")).isPresent();
        assertThat(pins.forDomain("wave.b.example")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeout = 1ms",
                "timeout = 1m",
                "cache-size = 0",
                "maximum-ttl = 2d",
                "negative-ttl = 2h",
                "maximum-targets = 0",
                "maximum-targets = 101",
                "avoid-dead-for = 2h",
                "attempt-delay = 1ms",
                "resolution-delay = 5s",
                "maximum-addresses = 0"
            })
    void boundsHold(String text) {
        assertThatThrownBy(() -> with(text))
                .isInstanceOf(ConfigException.BadValue.class)
                .hasMessageContaining(List.of(text.split(" ")).get(0));
    }
}
