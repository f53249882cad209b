package io.wavegate.node.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Helm in a process of its own, as its library brings the runtime of another language with signal handlers of its own. Each
 * line of the input is a request, its parts separated by tabulators; each line of the output says how it ended.
 */
final class HelmMain {
    /** The newest that Helm of this library knows by itself is older than what the chart asks for. */
    private static final String KUBERNETES = "1.29.0";

    private HelmMain() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            System.out.println(answer(line.split("\t", -1)) ? "done" : "refused");
        }
    }

    private static boolean answer(String[] request) throws IOException {
        Helm chart = new Helm(Path.of(request[1]));
        Path out = Path.of(request[2]);
        try {
            if (request[0].equals("lint")) {
                LintResult found = chart.lint().strict().call();
                Files.write(out, found.getMessages());
                return !found.isFailed();
            }
            Files.writeString(
                    out,
                    chart.template()
                            .withKubeVersion(KUBERNETES)
                            .withName(request[3])
                            .withNamespace(request[4])
                            .withValuesFile(Path.of(request[5]))
                            .call());
            return true;
        } catch (IllegalStateException e) {
            Files.writeString(out, String.valueOf(e.getMessage()));
            return false;
        }
    }
}
