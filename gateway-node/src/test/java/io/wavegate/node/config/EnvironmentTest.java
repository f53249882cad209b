package io.wavegate.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
    @TempDir
    private Path folder;

    @Test
    void theEnvironmentWinsOverTheFileAndTheFileOverTheDefaults() throws Exception {
        Path file = Files.writeString(
                folder.resolve("gateway.conf"), "wavegate.http { port = 1, host = \"127.0.0.2\", max-wait = 3s }");
        Configuration read = Configuration.read(Optional.of(file), Map.of("WAVEGATE_HTTP_PORT", "2"));
        assertThat(read.findings()).isEmpty();
        HttpSettings http = HttpSettings.from(read.config());
        assertThat(http.port()).isEqualTo(2);
        assertThat(http.host()).isEqualTo("127.0.0.2");
        assertThat(http.maxWait()).hasSeconds(3);
        assertThat(http.maxOperations()).isEqualTo(1000);
    }

    @Test
    void aListIsWrittenWithCommas() throws Exception {
        Configuration read =
                Configuration.read(Optional.empty(), Map.of("WAVEGATE_S2S_LISTEN", "127.0.0.1:5269, 127.0.0.2:5269"));
        assertThat(read.findings()).isEmpty();
        assertThat(read.config().getStringList("wavegate.s2s.listen"))
                .containsExactly("127.0.0.1:5269", "127.0.0.2:5269");
    }

    @Test
    void aVariableThatStandsForNoKeyIsReportedWithTheNearest() throws Exception {
        assertThat(findings(Map.of("WAVEGATE_HTTP_PROT", "2", "PATH", "/bin", "WAVEGATE_JAVA_OPTS", "-Xmx1g")))
                .containsExactly("Environment variable WAVEGATE_HTTP_PROT: stands for no key. "
                        + "Did you mean WAVEGATE_HTTP_PORT?");
    }

    @Test
    void aWrongValueIsReportedWithTheVariableThatHoldsIt() throws Exception {
        assertThat(findings(Map.of("WAVEGATE_HTTP_PORT", "many")))
                .singleElement()
                .asString()
                .startsWith(
                        "environment variable WAVEGATE_HTTP_PORT: wavegate.http.port: is \"many\", must be a whole");
        assertThat(findings(Map.of("WAVEGATE_HTTP_PORT", "70000")))
                .singleElement()
                .asString()
                .contains("WAVEGATE_HTTP_PORT", "wavegate.http.port", "65535");
    }

    @Test
    void everyVariableOfTheManualSetsItsKey() {
        assertThat(EnvironmentOverrides.variables(
                        ConfigFactory.parseResourcesAnySyntax("reference.conf").root()))
                .containsEntry("WAVEGATE_HTTP_PORT", "wavegate.http.port")
                .containsEntry("WAVEGATE_STORE", "wavegate.store.kind")
                .containsEntry("WAVEGATE_CASSANDRA_CONTACT_POINTS", "wavegate.store.cassandra.contact-points")
                .containsEntry("WAVEGATE_CLUSTER_PORT", "wavegate.cluster.port")
                .containsEntry("WAVEGATE_S2S_LISTEN", "wavegate.s2s.listen");
    }

    private static List<String> findings(Map<String, String> environment) throws FindingException {
        Configuration read = Configuration.read(Optional.empty(), environment);
        List<Finding> findings = new ArrayList<>(read.findings());
        read.section(HttpSettings::from, findings);
        return findings.stream().map(Finding::toString).toList();
    }
}
