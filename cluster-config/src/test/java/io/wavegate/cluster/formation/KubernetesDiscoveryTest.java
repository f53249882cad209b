package io.wavegate.cluster.formation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods that find each other by what the Kubernetes API lists. */
class KubernetesDiscoveryTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    void podsThatMayNotListPodsSayWhatIsWrongAndFormOneClusterAsSoonAsTheyMay() throws Exception {
        int port = freePort();
        int management = freePort();
        Path account = Files.createDirectory(folder.resolve("account"));
        try (PodApi api = new PodApi(account, "waves", "wavegate.io/cluster=east,wavegate.io/role=shard")) {
            Path output = folder.resolve("output");
            Process pods = start(api.port(), output, configuration(account, port, management));
            try {
                await(pods, output, "Other nodes are not found yet: the Kubernetes API does not list pods");
                assertThat(Files.readString(output)).contains("must have the right to list pods in their namespace");
                api.list(
                        PodApi.pod("127.0.0.1", "Running", management, false),
                        PodApi.pod("127.0.0.3", "Running", management, true),
                        PodApi.pod("127.0.0.4", "Pending", management, false));
                api.allow(true);
                await(pods, output, "the Kubernetes API lists too few running nodes: 1 (127.0.0.1), and");
                assertThat(Files.readString(output))
                        .contains("bootstrap.contact-points wants 2", "bootstrap.label-selector")
                        .doesNotContain("MEMBER");
                api.list(
                        PodApi.pod("127.0.0.1", "Running", management, false),
                        PodApi.pod("127.0.0.2", "Running", management, false));
                await(pods, output, "MEMBER pekko://wavegate@127.0.0.1:" + port);
                await(pods, output, "MEMBER pekko://wavegate@127.0.0.2:" + port);
                await(
                        pods,
                        output,
                        "GAVE UP Cluster node 127.0.0.3:" + port + ", nodes of east (KUBERNETES): none of the nodes");
                assertThat(Files.readString(output))
                        .containsPattern(
                                "GAVE UP .*the Kubernetes API does not list pods \\(NoSuchFileException: /nowhere/ca.crt")
                        .doesNotContain("\tat ", "IN BY MISTAKE");
                pods.getOutputStream().close();
                assertThat(pods.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            } finally {
                pods.destroyForcibly();
            }
        }
    }

    /** What the chart gives to a shard node, with the files of its service account elsewhere. */
    private static String configuration(Path account, int port, int management) {
        return """
                wavegate.cluster {
                  host = "10.0.0.1", port = %d, discovery = kubernetes, failure-detection = fast, shutdown-timeout = 2s
                  bootstrap {
                    service = east, port = %d, contact-points = 2, stable-margin = 500ms
                    label-selector = "wavegate.io/cluster=%%s,wavegate.io/role=shard"
                  }
                }
                pekko.discovery.kubernetes-api {
                  api-ca-path = "%s/ca.crt", api-token-path = "%s/token", pod-namespace-path = "%s/namespace"
                }
                """
                .formatted(port, management, account, account, account);
    }

    private Process start(int api, Path output, String configuration) throws IOException {
        Path file = Files.writeString(folder.resolve("pods.conf"), configuration);
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PodsMain.class.getName(),
                file.toString()));
        builder.environment().put("KUBERNETES_SERVICE_HOST", "127.0.0.1");
        builder.environment().put("KUBERNETES_SERVICE_PORT", Integer.toString(api));
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    private static void await(Process pods, Path output, String line) {
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(Files.readString(output))
                .as(pods.isAlive() ? "alive" : "ended")
                .contains(line));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
            return socket.getLocalPort();
        }
    }
}
