package io.wavegate.wavelet.entity;

import static io.wavegate.wavelet.entity.TestWavelet.ALICE;
import static io.wavegate.wavelet.entity.TestWavelet.applied;
import static io.wavegate.wavelet.entity.TestWavelet.creation;
import static io.wavegate.wavelet.entity.TestWavelet.delta;
import static io.wavegate.wavelet.entity.TestWavelet.ok;
import static io.wavegate.wavelet.entity.TestWavelet.view;
import static io.wavegate.wavelet.entity.TestWavelet.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.api.WaveletView;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is large passes between nodes too: a delta of the greatest size, and a wavelet larger than any message. */
class LargeMessagesTest {
    private static final int ALMOST_ALL = (1 << 20) - 2_000;

    @Test
    void deltasOfTheGreatestSizeAndAWaveletOfManyPassInBothDirections() {
        InMemoryJournal journal = new InMemoryJournal();
        try (ClusterNode one = new ClusterNode(journal, "");
                ClusterNode two = new ClusterNode(journal, "")) {
            one.join(one);
            await().atMost(Duration.ofSeconds(30)).until(() -> one.members() == 1);
            two.join(one);
            await().atMost(Duration.ofSeconds(30)).until(() -> one.members() == 2 && two.members() == 2);
            // Each is far from one of the nodes; with several, both nodes have some.
            for (int i = 0; i < 4; i++) {
                WaveletName name = TestWavelet.name("large" + i);
                HashedVersion head = applied(one.wavelets().submit(name, creation(name, ALICE)));
                for (int d = 0; d < 5; d++) {
                    head = applied(
                            two.wavelets().submit(name, delta(head, ALICE, write("b+" + d, "x".repeat(ALMOST_ALL)))));
                }
                WaveletView here = view(one.wavelets(), name, ALICE);
                assertThat(here.documents()).hasSize(5);
                assertThat(view(two.wavelets(), name, ALICE)).isEqualTo(here);
                for (ClusterNode node : List.of(one, two)) {
                    DeltaPage page = ok(node.wavelets().deltas(name, ALICE, here.version(), 1_000, Duration.ZERO));
                    assertThat(page.deltas()).isEmpty();
                    DeltaPage first =
                            ok(node.wavelets().deltas(name, ALICE, HashChain.zero(name), 1_000_000, Duration.ZERO));
                    assertThat(first.deltas()).hasSizeGreaterThan(1);
                }
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> one.runs() > 0 && two.runs() > 0);
        }
    }
}
