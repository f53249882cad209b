package io.wavegate.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.cluster.settings.ClusterSettings;
import io.wavegate.node.admin.AdminSettings;
import io.wavegate.node.config.Configuration;
import io.wavegate.node.config.DomainSettings;
import io.wavegate.node.config.Finding;
import io.wavegate.node.config.HttpSettings;
import io.wavegate.persistence.StoreSettings;
import io.wavegate.s2s.netty.StreamsSettings;
import io.wavegate.wavelet.entity.WaveletSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sample configurations and units in {@code cluster-config/deploy}, held against the program. */
final class DeploymentFilesTest {
    private static final Path DEPLOY = Path.of("..", "cluster-config", "deploy");
    private static final Map<String, String> OF_A_NODE =
            Map.of("WAVEGATE_S2S_DIALBACK_SECRETS", "a secret of sixteen or more", "WAVEGATE_CLUSTER_HOST", "10.0.0.1");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "one-node.conf, true, true, true",
        "three-nodes.conf, false, true, true",
        "n-nodes-edge.conf, false, true, false",
        "n-nodes-shard.conf, false, false, true"
    })
    void everySampleIsTakenWithoutAFinding(String name, boolean single, boolean edge, boolean shard) throws Exception {
        String text = Files.readString(DEPLOY.resolve("samples").resolve(name));
        Files.writeString(folder.resolve(name), withFiles(text));
        Path common = DEPLOY.resolve("samples/n-nodes-common.conf");
        Files.writeString(folder.resolve("n-nodes-common.conf"), withFiles(Files.readString(common)));
        ClusterSettings cluster =
                taken(Configuration.read(Optional.of(folder.resolve(name)), single ? Map.of() : OF_A_NODE));
        assertThat(cluster.singleNode()).isEqualTo(single);
        assertThat(cluster.isEdge()).isEqualTo(edge);
        assertThat(cluster.isShard()).isEqualTo(shard);
        assertThat(cluster.tls().isPresent()).isEqualTo(!single);
    }

    @Test
    void whoStopsANodeWaitsLongEnough() throws Exception {
        ClusterSettings defaults = ClusterSettings.from(
                Configuration.read(Optional.empty(), Map.of()).config());
        long needed = defaults.handOverTimeout().toSeconds()
                + 4 * defaults.shutdownTimeout().toSeconds();
        for (String unit : List.of("wavegate-edge.service", "wavegate-shard.service")) {
            String text = Files.readString(DEPLOY.resolve("systemd").resolve(unit));
            Matcher stop = Pattern.compile("TimeoutStopSec=(\\d+)s").matcher(text);
            assertThat(stop.find()).isTrue();
            assertThat(Long.parseLong(stop.group(1))).isGreaterThan(needed);
            assertThat(text).contains("Restart=on-failure", "SuccessExitStatus=143", "NoNewPrivileges=yes");
        }
    }

    /** Files that the configuration names have to be readable for TLS between nodes; what is in them is read later. */
    private String withFiles(String text) throws IOException {
        for (String name : List.of("node.pem", "node.key", "nodes-ca.pem")) {
            Files.writeString(folder.resolve(name), "");
        }
        return text.replaceAll("/etc/wavegate/(node[a-z-]*\\.(?:pem|key))", folder + "/$1");
    }

    private static ClusterSettings taken(Configuration configuration) {
        List<Finding> findings = new ArrayList<>(configuration.findings());
        Optional<ClusterSettings> cluster = configuration.section(ClusterSettings::from, findings);
        Optional<StoreSettings> store = configuration.section(StoreSettings::from, findings);
        Optional<StreamsSettings> streams =
                configuration.section(root -> StreamsSettings.from(root.getConfig("wavegate.s2s")), findings);
        configuration.section(WaveletSettings::from, findings);
        configuration.section(HttpSettings::from, findings);
        configuration.section(AdminSettings::from, findings);
        configuration.section(DomainSettings::from, findings);
        assertThat(findings).isEmpty();
        findings.addAll(SharedByNodes.check(cluster.orElseThrow(), store.orElseThrow(), streams.orElseThrow()));
        assertThat(findings).isEmpty();
        return cluster.orElseThrow();
    }
}
