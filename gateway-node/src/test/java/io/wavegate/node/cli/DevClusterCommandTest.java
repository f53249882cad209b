package io.wavegate.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.node.client.LocalWavelet;
import io.wavegate.node.client.WavegateClient;
import io.wavegate.node.client.WaveletListener;
import io.wavegate.wavelet.model.Attributes;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent.ElementEnd;
import io.wavegate.wavelet.model.DocOpComponent.ElementStart;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local cluster as a newcomer starts it, looks at it with the commands that it names, and stops it. */
class DevClusterCommandTest {
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String BLIP = "b+page";
    private static final int TEXT_OFFSET = 3;

    @TempDir
    private Path folder;

    @Test
    void itIsThereUntilItIsStoppedAndNothingOfItStays() throws Exception {
        Path output = folder.resolve("output");
        Process cluster = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.wavegate.node.Main",
                        "dev-cluster",
                        "--nodes",
                        "3",
                        "--folder",
                        folder.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Set<ProcessHandle> parts = Set.of();
        try {
            await().atMost(START)
                    .until(() -> !cluster.isAlive()
                            || Files.readString(output).contains("All of it is ready. Ctrl-C stops it."));
            String told = Files.readString(output);
            assertThat(cluster.isAlive()).as(told).isTrue();
            parts = cluster.descendants().collect(Collectors.toSet());
            assertThat(parts).as("Cassandra, three nodes, another domain").hasSizeGreaterThanOrEqualTo(5);
            assertThatCommandsThatItNamesWork(told);
            assertThatWhatIsTypedAtOneNodeIsReadAtAnother(told);
        } finally {
            cluster.destroy();
            boolean ended = cluster.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
            List<ProcessHandle> left =
                    parts.stream().filter(ProcessHandle::isAlive).toList();
            left.forEach(ProcessHandle::destroyForcibly);
            cluster.destroyForcibly();
            assertThat(ended).isTrue();
            assertThat(left).isEmpty();
        }
        assertThat(Files.readString(output)).doesNotContain("\tat ", "Exception", "ended with exit code");
    }

    private static void assertThatCommandsThatItNamesWork(String told) throws Exception {
        List<String> members = found(told, "member (127\\.0\\.0\\.1:\\d+) of its cluster");
        assertThat(members).hasSize(3).doesNotHaveDuplicates();
        CommandRun membersShown = command(told, "cluster");
        assertThat(membersShown.err()).isEmpty();
        assertThat(membersShown.exitCode()).isZero();
        assertThat(members).allSatisfy(member -> assertThat(membersShown.out())
                .containsPattern("(?m)^" + Pattern.quote(member) + " +edge,shard +up +\\S+ "));
        CommandRun links = command(told, "links");
        assertThat(links.err()).isEmpty();
        assertThat(links.exitCode()).isZero();
        String listing =
                found(told, "(curl -H 'Authorization: Bearer \\S+' \\S+)").get(0);
        HttpResponse<String> waves = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(listing.substring(listing.lastIndexOf(' ') + 1)))
                                .header(
                                        "Authorization",
                                        found(listing, "(Bearer [^']+)").get(0))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(waves.statusCode()).as(waves.body()).isEqualTo(200);
    }

    private static void assertThatWhatIsTypedAtOneNodeIsReadAtAnother(String told) throws Exception {
        List<URI> nodes = found(told, "Gateway of alpha\\.example: .*client API on (\\S+),").stream()
                .map(URI::create)
                .toList();
        assertThat(nodes).hasSize(3).doesNotHaveDuplicates();
        String token = command(told, "token").out().strip();
        ParticipantId ada = new ParticipantId("ada@alpha.example");
        try (WavegateClient first = WavegateClient.connect(nodes.get(0), token, ada);
                WavegateClient last = WavegateClient.connect(nodes.get(2), token, ada)) {
            DocOp empty = DocOp.of(
                    new ElementStart("body", Attributes.NONE),
                    new ElementStart("line", Attributes.NONE),
                    ElementEnd.INSTANCE,
                    ElementEnd.INSTANCE);
            WaveletName wave = first.createWave(List.of(new MutateDocument(BLIP, empty)));
            LocalWavelet page = first.open(wave, WaveletListener.NONE);
            page.replace(BLIP, TEXT_OFFSET, 0, "typed at the first");
            page.seal();
            page.awaitQuiet(LIMIT);
            assertThat(last.text(wave, BLIP)).isEqualTo("typed at the first");
            CommandRun where = CommandRun.of(
                    "cluster",
                    "where",
                    wave.toString(),
                    "--config",
                    found(told, "\\./wavegate cluster --config (\\S+)").get(0));
            assertThat(where.out()).containsPattern("shard \\d+, on 127\\.0\\.0\\.1:\\d+");
        }
    }

    /** As it stands in what was printed, without the name of the program. */
    private static CommandRun command(String told, String name) {
        String line = found(told, "\\./wavegate (" + name + " --config .*)").get(0);
        return CommandRun.of(line.strip().split(" +"));
    }

    private static List<String> found(String text, String pattern) {
        List<String> found = Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat(found).as("%s in %s", pattern, text).isNotEmpty();
        return found;
    }
}
