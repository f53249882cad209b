package io.wavegate.node.chart;

import io.wavegate.node.devca.DevelopmentCa;
import io.wavegate.node.token.TokenAlgorithm;
import io.wavegate.node.token.TokenKeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Helm, a Kubernetes to look at, and the files of the secrets that the chart mounts. */
final class ChartFixture implements AutoCloseable {
    final LiveShards live = new LiveShards();
    final HelmProcess helm;
    final Map<String, Path> secrets;

    ChartFixture(Path folder) throws Exception {
        helm = new HelmProcess(folder, live.port());
        DevelopmentCa authority = DevelopmentCa.in(folder.resolve("ca"), Clock.systemUTC());
        Path files = Files.createDirectories(folder.resolve("files"));
        DevelopmentCa.CertificateAndKey domain = authority.issue("a.example");
        Files.copy(domain.certificate(), files.resolve("a.example.pem"));
        Files.copy(domain.key(), files.resolve("a.example.key"));
        TokenKeyFiles.make(TokenAlgorithm.EDDSA, files.resolve("tokens.pem"));
        Path node = Files.createDirectories(folder.resolve("node"));
        DevelopmentCa.CertificateAndKey nodes = authority.issue("nodes.test");
        Files.copy(nodes.certificate(), node.resolve("tls.crt"));
        Files.copy(nodes.key(), node.resolve("tls.key"));
        Files.copy(authority.anchor(), node.resolve("ca.crt"));
        secrets = Map.of("wavegate-files", files, "nodes-tls", node);
    }

    RenderedChart render(String values) throws IOException {
        return render("wg", values);
    }

    RenderedChart render(String release, String values) throws IOException {
        return RenderedChart.of(helm.template(release, LiveShards.NAMESPACE, values));
    }

    /** Why Helm does not render it. */
    String refusal(String values) throws IOException {
        HelmProcess.Answer answer = helm.template("wg", LiveShards.NAMESPACE, values);
        if (answer.done()) {
            throw new AssertionError("it was rendered: " + values);
        }
        return answer.text();
    }

    @Override
    public void close() throws Exception {
        helm.close();
        live.close();
    }
}
