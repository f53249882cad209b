package io.wavegate.wavelet.entity;

import static io.wavegate.wavelet.entity.TestWavelet.ALICE;
import static io.wavegate.wavelet.entity.TestWavelet.ANNA;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.wavelet.entity.WaveletCommand.ReadDeltas;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class WaitingReadersTest {
    private static final HashedVersion HEAD = HashChain.zero(TestWavelet.name("waiting"));

    private final List<TestInbox<WaveletReply>> askers = new ArrayList<>();
    private final WaitingReaders waiting = new WaitingReaders(16);

    private boolean add(ParticipantId reader, long deadline) {
        TestInbox<WaveletReply> asker = TestInbox.create();
        askers.add(asker);
        return waiting.add(new ReadDeltas(reader, HEAD, 1_000, 1_000, asker.getRef()), deadline);
    }

    private List<WaveletReply> replies() {
        return askers.stream().flatMap(asker -> asker.getAllReceived().stream()).toList();
    }

    @Test
    void aCopyOfOneWhoWaitsTakesNoSecondPlaceAndIsAnsweredOnce() {
        TestInbox<WaveletReply> asker = TestInbox.create();
        ReadDeltas read = new ReadDeltas(ALICE, HEAD, 1_000, 1_000, asker.getRef());
        for (int copy = 0; copy < 5; copy++) {
            assertThat(waiting.add(read, 10)).isTrue();
        }
        waiting.expire(15, HEAD);
        assertThat(asker.getAllReceived()).hasSize(1);
        assertThat(waiting.isEmpty()).isTrue();
    }

    @Test
    void whenTheWaveletMovesAllAreToldToAskAgain() {
        add(ALICE, 10);
        add(ANNA, 10);
        waiting.askAgain();
        assertThat(replies()).containsOnly(new WaveletReply.AskAgain()).hasSize(2);
    }

    @Test
    void oneWhoWaitsInManyPlacesLeavesRoomForTheOthers() {
        assertThat(add(ALICE, 10)).isTrue();
        assertThat(add(ALICE, 20)).isTrue();
        assertThat(add(ALICE, 30)).isFalse();
        assertThat(add(ANNA, 30)).isTrue();
    }

    @Test
    void aPlaceIsFreeAgainWhenItsTimeIsOverAndAllAreAfterNews() {
        add(ALICE, 10);
        add(ALICE, 20);
        waiting.expire(15, HEAD);
        assertThat(replies()).hasSize(1);
        assertThat(add(ALICE, 30)).isTrue();
        assertThat(add(ALICE, 30)).isFalse();
        waiting.news(List.of(), HEAD, 1_000);
        assertThat(waiting.isEmpty()).isTrue();
        assertThat(add(ALICE, 40)).isTrue();
        waiting.askAgain();
        assertThat(add(ALICE, 40)).isTrue();
        assertThat(add(ALICE, 40)).isTrue();
    }
}
