package io.wavegate.s2s.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.stream.StreamLimits;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.s2s.stream.StreamPolicy.Authentication;
import io.wavegate.s2s.stream.StreamPolicy.Tls;
import io.wavegate.s2s.stream.StreamTimeouts;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsSettingsTest {
    private static StreamsSettings with(String overrides) {
        Config config = ConfigFactory.parseString(overrides)
                .withFallback(ConfigFactory.parseResources("reference.conf"))
                .resolve();
        return StreamsSettings.from(config.getConfig("wavegate.s2s"));
    }

    @Test
    void theDefaultsAreThoseOfTheCores() {
        StreamsSettings settings = with("");
        assertThat(settings.timeouts()).isEqualTo(StreamTimeouts.DEFAULT);
        assertThat(settings.limits()).isEqualTo(StreamLimits.DEFAULT);
        assertThat(settings.policies().policyFor("bee.example")).isEqualTo(StreamPolicy.DEFAULT);
        assertThat(settings.listen()).containsExactly(new InetSocketAddress("0.0.0.0", 5269));
    }

    @Test
    void aDomainCanHaveItsOwnPolicyAndSubDomainsDoNotShareIt() {
        StreamsSettings settings =
                with("wavegate.s2s.streams.policies { \"Bee.Example\" { authentication = certificate } }");
        assertThat(settings.policies().policyFor("bee.example"))
                .isEqualTo(new StreamPolicy(Tls.REQUIRED, Authentication.CERTIFICATE));
        assertThat(settings.policies().policyFor("sub.bee.example")).isEqualTo(StreamPolicy.DEFAULT);
    }

    @Test
    void onlySingleDomainsMayHavePlaintext() {
        StreamsSettings settings =
                with("wavegate.s2s.streams.policies { \"old.example\" { tls = plaintext-allowed } }");
        assertThat(settings.policies().policyFor("old.example").tls()).isEqualTo(Tls.PLAINTEXT_ALLOWED);
        assertThat(settings.policies().policyFor("bee.example").tls()).isEqualTo(Tls.REQUIRED);
    }

    @Test
    void addressesCanComeFromTheEnvironmentInOneText() {
        assertThat(with("wavegate.s2s.listen = \"127.0.0.1:1, [::1]\"").listen())
                .containsExactly(new InetSocketAddress("127.0.0.1", 1), new InetSocketAddress("::1", 5269));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listen = [\"localhost\"]|listen",
                "streams.policy.tls = maybe|tls",
                "streams.policy.tls = plaintext-allowed|policies",
                "streams.policies { \"a b\" { tls = required } }|policies",
                "streams.dialback-secrets = [\"short\"]|dialback-secrets",
                "streams.dialback-secrets = \"fifteen letters\"|dialback-secrets",
                "streams.dialback-secrets = [\"sixteen letters.\", \"\"]|dialback-secrets",
                "streams.limits.element-bytes = 9999|element-bytes",
                "streams.timeouts.header = 0s|header",
            })
    void wrongValuesAreRefusedByTheirKey(String setting, String key) {
        assertThatThrownBy(() -> with("wavegate.s2s." + setting))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key);
    }
}
