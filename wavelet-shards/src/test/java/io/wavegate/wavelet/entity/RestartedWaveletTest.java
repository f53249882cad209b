package io.wavegate.wavelet.entity;

import static io.wavegate.wavelet.entity.TestWavelet.ALICE;
import static io.wavegate.wavelet.entity.TestWavelet.applied;
import static io.wavegate.wavelet.entity.TestWavelet.creation;
import static io.wavegate.wavelet.entity.TestWavelet.delta;
import static io.wavegate.wavelet.entity.TestWavelet.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.persistence.journal.StreamId;
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
    private static final int DELTAS = 100;

    /** Edits of the sound wavelet for each of the other; so many that without growing pauses there are far more loads. */
    private static final int TICKS = 5;

    /** With pauses of 1 ms, 2 ms, 4 ms and so on, so many loads take more than an hour. */
    private static final int LOADS_OF_AN_HOUR = 22;

    /** Edits of another wavelet are the clock: on a slow machine they take longer, and so do the faults between them. */
    @Test
    void aWaveletThatFailsIsLoadedAgainAfterAPauseThatGrowsAndEverybodyIsAnsweredInTheEnd() {
        FaultyJournal journal = new FaultyJournal();
        String pauses =
                """
                wavegate.wavelets { ask-timeout = 60s, lifecycle { reload-min = 1ms, reload-max = 2h } }
                """;
        try (WaveletNode node = new WaveletNode(
                TestDomains.A,
                journal,
                () -> {
                    throw new AssertionError("nobody remote is on this wavelet");
                },
                pauses)) {
            WaveletName failing = TestWavelet.name("failing");
            WaveletName sound = TestWavelet.name("sound");
            HashedVersion head = applied(node.wavelets().submit(failing, creation(failing, ALICE)));
            HashedVersion soundHead = applied(node.wavelets().submit(sound, creation(sound, ALICE)));
            int loadsBefore = journal.loads();
            journal.breakAppends(append -> append.stream().equals(new StreamId("hosted", failing.toUri())));
            List<CompletionStage<SubmitResult>> results = new ArrayList<>();
            for (int i = 0; i < DELTAS; i++) {
                results.add(node.wavelets().submit(failing, delta(head, ALICE, write("b+" + i, "text"))));
                for (int j = 0; j < TICKS; j++) {
                    String blip = "b+" + i + "-" + j;
                    soundHead = applied(node.wavelets().submit(sound, delta(soundHead, ALICE, write(blip, "text"))));
                }
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> journal.loads() - loadsBefore >= 4);
            // However many ask, and however often.
            assertThat(journal.loads() - loadsBefore).isLessThan(LOADS_OF_AN_HOUR);

            journal.breakAppends(append -> false);
            assertThat(results.stream()
                            .map(TestWavelet::applied)
                            .map(HashedVersion::version)
                            .distinct())
                    .hasSize(DELTAS);
        }
    }

    /** Its shard moves, and the next owner is to have it at once. */
    @Test
    void aWaveletInThePauseAfterAFaultStopsWhenItIsTold() {
        FaultyJournal journal = new FaultyJournal();
        String pauses = "wavegate.wavelets { ask-timeout = 60s, lifecycle { reload-min = 1h, reload-max = 1h } }";
        try (WaveletNode node = new WaveletNode(
                TestDomains.A,
                journal,
                () -> {
                    throw new AssertionError("nobody remote is on this wavelet");
                },
                pauses)) {
            WaveletName name = TestWavelet.name("stopped");
            HashedVersion head = applied(node.wavelets().submit(name, creation(name, ALICE)));
            journal.breakAppends(append -> true);
            CompletionStage<SubmitResult> waiting =
                    node.wavelets().submit(name, delta(head, ALICE, write("b+1", "text")));
            await().until(() -> journal.faults() > 0);
            journal.breakAppends(append -> false);
            node.stop(name);
            // It stops, and who waited asks the next one.
            assertThat(applied(waiting).version()).isEqualTo(head.version() + 1);
        }
    }
}
