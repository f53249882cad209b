package io.wavegate.wavelet.entity;

import static io.wavegate.wavelet.entity.TestWavelet.ALICE;
import static io.wavegate.wavelet.entity.TestWavelet.applied;
import static io.wavegate.wavelet.entity.TestWavelet.creation;
import static io.wavegate.wavelet.entity.TestWavelet.delta;
import static io.wavegate.wavelet.entity.TestWavelet.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A fault of ours in the middle of a wavelet, that comes back each time somebody asks again. */
class RestartedWaveletTest {
    private static final int AUTHORS = 5;

    @Test
    void aWaveletThatFailsIsLoadedAgainAfterAPauseThatGrowsAndEverybodyIsAnsweredInTheEnd() {
        FaultyJournal journal = new FaultyJournal();
        String pauses =
                """
                wavegate.wavelets { ask-timeout = 60s, lifecycle { reload-min = 200ms, reload-max = 1600ms } }
                """;
        try (WaveletNode node = new WaveletNode(
                TestDomains.A,
                journal,
                () -> {
                    throw new AssertionError("nobody remote is on this wavelet");
                },
                pauses)) {
            WaveletName name = TestWavelet.name("failing");
            HashedVersion head = applied(node.wavelets().submit(name, creation(name, ALICE)));
            int loadsBefore = journal.loads();
            long begun = System.nanoTime();
            journal.breakAppends(true);
            List<CompletionStage<SubmitResult>> results = new ArrayList<>();
            for (int i = 0; i < AUTHORS; i++) {
                results.add(node.wavelets().submit(name, delta(head, ALICE, write("b+" + i, "text"))));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> journal.loads() - loadsBefore >= 4);
            // However many ask, and however often.
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(3));

            journal.breakAppends(false);
            assertThat(results.stream()
                            .map(TestWavelet::applied)
                            .map(HashedVersion::version)
                            .distinct())
                    .hasSize(AUTHORS);
        }
    }
}
