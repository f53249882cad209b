package io.wavegate.node.chart;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Renders and checks the chart, with a Kubernetes API for Helm to look at. */
final class HelmProcess implements AutoCloseable {
    static final Path CHART = Path.of("..", "cluster-config", "deploy", "helm", "wavegate");

    private final Path folder;
    private final Process process;
    private final Writer requests;
    private final BufferedReader answers;
    private int count;

    /**
     * @param folder for what is read and written
     * @param api port of the Kubernetes API on the loopback
     */
    HelmProcess(Path folder, int api) throws IOException {
        this.folder = folder;
        Path access = Files.writeString(
                folder.resolve("kubeconfig"),
                """
                apiVersion: v1
                kind: Config
                clusters: [{ name: test, cluster: { server: "http://127.0.0.1:%d" } }]
                contexts: [{ name: test, context: { cluster: test, user: test } }]
                users: [{ name: test, user: {} }]
                current-context: test
                """
                        .formatted(api));
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HelmMain.class.getName()));
        builder.environment().put("KUBECONFIG", access.toString());
        builder.environment().put("HOME", folder.toString());
        process = builder.redirectError(folder.resolve("helm.log").toFile()).start();
        requests = process.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** What a request was answered. */
    record Answer(boolean done, String text) {}

    Answer lint() throws IOException {
        return ask("lint");
    }

    /** @param values in YAML */
    Answer template(String release, String namespace, String values) throws IOException {
        Path file = Files.writeString(folder.resolve("values-" + count + ".yaml"), values);
        return ask("template", release, namespace, file.toString());
    }

    private Answer ask(String command, String... more) throws IOException {
        Path out = folder.resolve("out-" + count++);
        requests.write(String.join("\t", command, CHART.toString(), out.toString(), String.join("\t", more)) + "\n");
        requests.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("Helm ended: " + Files.readString(folder.resolve("helm.log")));
        }
        return new Answer(answer.equals("done"), Files.readString(out));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        requests.close();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
