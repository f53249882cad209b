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
import org.junit.jupiter.params.provider.CsvSource;
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
    void anEmptyPinIsRefused() {
        assertThatThrownBy(() -> with("pins { \"b.example\" = [] }")).isInstanceOf(ConfigException.BadValue.class);
    }

    @Test
    void pinsNameDomainsInAnyForm() {
        Pins pins = with("pins { \"B.example\" = [\"127.0.0.2\"], stra\u00dfe.example = [\"127.0.0.3\"] }")
                .pins();
        assertThat(pins.forDomain("b.example")).isPresent();
        assertThat(pins.forDomain("xn--strae-oqa.example")).isPresent();
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
                "maximum-targets = 101"
            })
    void boundsHold(String text) {
        assertThatThrownBy(() -> with(text))
                .isInstanceOf(ConfigException.BadValue.class)
                .hasMessageContaining(List.of(text.split(" ")).get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "bücher.example, xn--bcher-kva.example",
        "straße.example, xn--strae-oqa.example",
        "例え.テスト, xn--r8jz45g.xn--zckzah",
        "wave.Bee.example, wave.bee.example",
        "ليهمابتكلموشعربي؟.example, xn--egbpdaj6bu4bxfgehfvwxn.example",
        "3年b組金八先生, xn--3b-ww4c5e180e575a65lsy2b",
    })
    void aLabels(String domain, String ascii) {
        assertThat(ALabels.of(domain)).isEqualTo(ascii);
    }
}
