package io.wavegate.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wavegate.node.client.ApiProblem;
import io.wavegate.node.client.LocalWavelet;
import io.wavegate.node.client.WavegateClient;
import io.wavegate.node.client.WaveletListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The host's operator puts an old copy of the store folder back, and its users go on from there. */
final class RestoredBackupTest extends TwoGatewaysFixture {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void theOtherSideFollowsAndBothGoOnAndWhoHadItOpenIsTold() throws Exception {
        SharedWavelet shared = SharedWavelet.between(a, b);
        type(a, "alice", shared, "common ");
        shared.awaitConverged();
        a.stop();
        Path backup = lab.folder().resolve("backup");
        copy(lab.folder().resolve("a.test").resolve("store"), backup);
        a.start();
        type(a, "alice", shared, "lost ");
        type(b, "bob", shared, "bobs ");
        shared.awaitConverged();

        List<ApiProblem> problems = new CopyOnWriteArrayList<>();
        try (WavegateClient bob = b.client("bob")) {
            LocalWavelet open = bob.open(shared.name(), new WaveletListener() {
                @Override
                public void followEnded(ApiProblem problem) {
                    problems.add(problem);
                }
            });
            assertThat(open.document(Typing.DOCUMENT).text()).isEqualTo("bobs lost common ");
            a.kill();
            a.store(backup).start();
            type(a, "alice", shared, "written ");

            assertThatThrownBy(() -> open.await(() -> false, PATIENCE)).hasMessageContaining("HISTORY_REPLACED");
            assertThat(problems).extracting(ApiProblem::reason).containsExactly("HISTORY_REPLACED");
        }
        shared.awaitConverged();
        type(b, "bob", shared, "again ");
        shared.assertNothingLost(List.of());
        assertThat(shared.replica().text(shared.name(), Typing.DOCUMENT)).isEqualTo("again written common ");
        assertThat(b.log())
                .contains("a.test has replaced the history of its wavelet", "1 deltas of our users")
                .containsOnlyOnce("has replaced the history");
        b.kill();
        b.start();
        shared.assertNothingLost(List.of());
    }

    private static void type(GatewayProcess gateway, String user, SharedWavelet shared, String text) throws Exception {
        try (WavegateClient client = gateway.client(user)) {
            // Right after a start the other side may not have been found yet, and a replica may have to catch up.
            await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
                try (LocalWavelet wavelet = client.open(shared.name(), WaveletListener.NONE)) {
                    wavelet.replace(Typing.DOCUMENT, 0, 0, text);
                    wavelet.awaitQuiet(PATIENCE);
                }
            });
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
