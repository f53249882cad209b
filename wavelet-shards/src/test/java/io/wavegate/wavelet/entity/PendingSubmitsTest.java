package io.wavegate.wavelet.entity;

import static io.wavegate.wavelet.authority.HostFixture.edit;
import static io.wavegate.wavelet.authority.HostFixture.submission;
import static io.wavegate.wavelet.authority.HostFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.wavelet.authority.HostFixture;
import io.wavegate.wavelet.entity.WaveletCommand.Submit;
import io.wavegate.wavelet.model.HashChain;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

class PendingSubmitsTest {
    private static final ActorRef<WaveletReply> NOBODY = null;

    private final List<Submit> submits = new ArrayList<>();
    private final long size;

    PendingSubmitsTest() {
        for (int i = 0; i < 10; i++) {
            submits.add(new Submit(
                    submission(
                            "alice@a.test", HashChain.zero(HostFixture.NAME), edit("b+" + i, text("x".repeat(1_000)))),
                    NOBODY));
        }
        size = submits.get(0).submission().signed().bytes().size();
    }

    @Test
    void noMoreWaitThanTheBoundAndEachTakenMakesRoom() {
        PendingSubmits pending = new PendingSubmits(limits(3, Long.MAX_VALUE, 2, Long.MAX_VALUE));

        assertThat(submits.stream().map(pending::offer))
                .containsExactly(true, true, true, false, false, false, false, false, false, false);
        assertThat(pending.takeBatch()).isEqualTo(submits.subList(0, 2));
        assertThat(submits.subList(3, 6).stream().map(pending::offer)).containsExactly(true, true, false);
        assertThat(pending.takeBatch()).isEqualTo(submits.subList(2, 4));
    }

    @Test
    void noMoreBytesWaitThanTheBoundAndTheOneThatReachesIt() {
        PendingSubmits pending = new PendingSubmits(limits(100, 2 * size + 1, 100, Long.MAX_VALUE));

        assertThat(submits.subList(0, 5).stream().map(pending::offer)).containsExactly(true, true, true, false, false);
        assertThat(pending.takeBatch()).hasSize(3);
        assertThat(pending.isEmpty()).isTrue();
        assertThat(submits.subList(5, 9).stream().map(pending::offer)).containsExactly(true, true, true, false);
    }

    @Test
    void aBatchEndsWithTheOneThatReachesItsBytes() {
        PendingSubmits pending = new PendingSubmits(limits(100, Long.MAX_VALUE, 100, size + 1));
        submits.forEach(pending::offer);

        assertThat(pending.takeBatch()).isEqualTo(submits.subList(0, 2));
        assertThat(pending.takeBatch()).isEqualTo(submits.subList(2, 4));
    }

    private static WaveletSettings.Batch limits(int maxPending, long maxPendingBytes, int maxDeltas, long maxBytes) {
        return new WaveletSettings.Batch(maxPending, maxPendingBytes, maxDeltas, maxBytes, 1);
    }
}
