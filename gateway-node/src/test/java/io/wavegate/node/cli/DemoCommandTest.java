package io.wavegate.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration as a newcomer runs it: gateways in processes of their own. */
class DemoCommandTest {
    private static final String BY_ONE =
            """
            {"startContent": "", "endContent": "Hello!",
             "txns": [{"patches": [[0, 0, "Hello"]]}, {"patches": [[5, 0, "!"]]}]}
            """;

    @TempDir
    private Path folder;

    @Test
    void theRecordingIsTypedAndASecondTimeInTheSameFolderTheGatewaysAreKept() throws Exception {
        Path recording = folder.resolve("two-people.json.gz");
        try (InputStream in = DemoCommand.class.getResourceAsStream("/io/wavegate/node/demo/two-people.json.gz")) {
            Files.copy(in, recording);
        }
        CommandRun first = demo("--trace", recording.toString());
        assertThat(first.err()).isEmpty();
        assertThat(first.out())
                .contains("edits of two people", "the same on both sides, version and hash", "All of it is right.")
                .containsPattern("alpha\\.example .*text equal to the recording's end")
                .containsPattern("beta\\.example .*text equal to the recording's end")
                .doesNotContain("NOT");
        assertThat(first.exitCode()).isZero();
        assertThat(pids(first, "process (\\d+)")).hasSize(2).noneMatch(pid -> ProcessHandle.of(pid)
                .isPresent());

        CommandRun kept = demo("--keep", "--trace", trace(BY_ONE));
        List<Long> pids = pids(kept, "process (\\d+)");
        try {
            assertThat(kept.exitCode()).isZero();
            assertThat(kept.out())
                    .contains("2 edits of one person; the other follows.", "All of it is right.")
                    .contains("kill " + pids.get(0) + " " + pids.get(1));
            assertThat(statuses(kept)).containsExactly(200, 200);
        } finally {
            pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> pids.stream()
                .noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
    }

    @Test
    void whatCannotBeTypedIsSaidBeforeAnythingIsStarted() throws Exception {
        assertRefused(trace(BY_ONE.replace("!", "\uD83D\uDE00")), "types U+1F600", "up to U+FFFF");
        assertRefused(folder.resolve("none.json").toString(), "none.json: there is no such file", "--trace");
        assertRefused(trace("{"), "is no JSON");
        assertRefused(trace("[]"), "has no endContent and txns");
    }

    private void assertRefused(String trace, String... told) {
        CommandRun run = demo("--trace", trace);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(told).doesNotContain("\tat ", "Exception");
        assertThat(folder.resolve("demo")).doesNotExist();
    }

    private CommandRun demo(String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("demo", "--folder", folder.resolve("demo").toString()));
        all.addAll(List.of(arguments));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private String trace(String json) throws Exception {
        return Files.writeString(folder.resolve("trace.json"), json).toString();
    }

    private static List<Long> pids(CommandRun run, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(run.out());
        return matcher.results().map(found -> Long.valueOf(found.group(1))).toList();
    }

    /** What the gateways answer to the requests that the command told its user to try. */
    private static List<Integer> statuses(CommandRun run) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        Matcher told =
                Pattern.compile("curl -H 'Authorization: (Bearer \\S+)' (\\S+)").matcher(run.out());
        while (told.find()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(told.group(2)))
                    .header("Authorization", told.group(1))
                    .build();
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.body()).contains("alpha.example/w+");
            statuses.add(response.statusCode());
        }
        return statuses;
    }
}
