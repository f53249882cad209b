package io.wavegate.s2s.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ComponentsSettingsTest {
    private static ComponentsSettings read(String own) {
        return ComponentsSettings.from(ConfigFactory.parseString("components {" + own + "}")
                .withFallback(ConfigFactory.load().getConfig("wavegate.s2s")));
    }

    @Test
    void nothingIsOnByDefault() {
        ComponentsSettings settings = read("");
        assertThat(settings.listen()).isEmpty();
        assertThat(settings.accept()).isEmpty();
        assertThat(settings.connect()).isEmpty();
    }

    @Test
    void namesArePreparedPortsHaveADefaultAndTheDomainFollowsFromTheName() {
        ComponentsSettings settings = read(
                """
                listen = ["127.0.0.1"]
                accept { "Echo.A.example" { secret = one } }
                connect {
                  "wave.b.example" { server = "127.0.0.1:5275", secret = two }
                  "waves.c.example" { server = "127.0.0.1", secret = three, domain = "c.example" }
                }
                """);
        assertThat(settings.listen().get(0).getPort()).isEqualTo(5347);
        assertThat(settings.accept()).containsOnlyKeys("echo.a.example");
        assertThat(settings.connect().get("wave.b.example").domain()).isEqualTo("b.example");
        assertThat(settings.connect().get("wave.b.example").server().getPort()).isEqualTo(5275);
        assertThat(settings.connect().get("waves.c.example").domain()).isEqualTo("c.example");
    }

    @Test
    void secretsAreNeverPrinted() {
        assertThat(read("accept { \"echo.a.example\" { secret = hunter2 } }").toString())
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "accept { \"echo.a.example\" {} }|secret",
                "accept { \"echo.a.example\" = hunter2 }|object",
                "accept { \"not a name\" { secret = x } }|no domain name",
                "connect { \"wave.a.example\" { server = \"a.example\", secret = hunter2 } }|numeric address",
                "connect { \"wave.a.example\" { server = \"127.0.0.1\" } }|secret",
                "accept { \"c.a.example\" { secret = x } }, connect { \"c.a.example\" { server = \"::1\", secret = x } }|only one",
                "limits.queue-bytes = 1|between",
            })
    void mistakesAreNamed(String own, String complaint) {
        assertThatThrownBy(() -> read(own))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(complaint)
                .hasMessageNotContaining("hunter2");
    }
}
