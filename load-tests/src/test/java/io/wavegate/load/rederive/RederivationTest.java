package io.wavegate.load.rederive;

import static io.wavegate.load.rederive.WrittenHistory.ANNA;
import static io.wavegate.load.rederive.WrittenHistory.BORIS;
import static io.wavegate.load.rederive.WrittenHistory.add;
import static io.wavegate.load.rederive.WrittenHistory.insert;
import static io.wavegate.load.rederive.WrittenHistory.nothing;
import static io.wavegate.load.rederive.WrittenHistory.remove;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.schema.DeltaApplied;
import io.wavegate.wavelet.codec.proto.ProtocolWaveletOperation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the second opinion accepts, and what it finds. */
class RederivationTest {
    private final WrittenHistory history = new WrittenHistory();
    private final Rederivation judge = new Rederivation(WrittenHistory.WAVELET, history.keys());

    @BeforeEach
    void annaAndBorisAreOnIt() {
        assertThat(next(ANNA, 0, add(ANNA), add(BORIS))).isEmpty();
    }

    private Optional<String> next(String author, int after, ProtocolWaveletOperation... operations) {
        return judge.next(history.next(author, after, List.of(operations), List.of(operations)));
    }

    private DeltaApplied transformed(int after, ProtocolWaveletOperation signed, ProtocolWaveletOperation stored) {
        return history.next(BORIS, after, List.of(signed), List.of(stored));
    }

    @Test
    void whatWasHandedInLaterStandsLeftAtOnePlace() {
        assertThat(next(ANNA, 1, insert(0, "ab", 0))).isEmpty();
        assertThat(next(ANNA, 2, insert(1, "X", 1))).isEmpty();
        assertThat(judge.next(transformed(2, insert(1, "YZ", 1), insert(1, "YZ", 2))))
                .isEmpty();
        assertThat(judge.texts()).isEqualTo(Map.of("b+0", "aYZXb"));
        assertThat(judge.head()).isEqualTo(5);
    }

    @Test
    void anotherTransformationThanOursIsFound() {
        assertThat(next(ANNA, 1, insert(0, "X", 0))).isEmpty();
        DeltaApplied tieToTheOther = transformed(1, insert(0, "Y", 0), insert(1, "Y", 0));
        assertThat(judge.next(tieToTheOther))
                .hasValueSatisfying(text -> assertThat(text).contains("stored are the operations"));
    }

    @Test
    void aTransformationThatWasLeftOutIsFound() {
        assertThat(next(ANNA, 1, insert(0, "X", 0))).isEmpty();
        assertThat(next(BORIS, 1, insert(0, "Y", 0))).isPresent();
    }

    @Test
    void whatBothDoToParticipantsIsDoneOnce() {
        assertThat(next(ANNA, 1, add("carla@a.test"))).isEmpty();
        assertThat(judge.next(transformed(1, add("carla@a.test"), nothing()))).isEmpty();
    }

    @Test
    void aDeltaThatStandsTwiceIsFound() {
        assertThat(next(ANNA, 1, insert(0, "X", 0))).isEmpty();
        assertThat(next(ANNA, 1, insert(0, "X", 0)))
                .hasValueSatisfying(text -> assertThat(text).contains("applied before"));
    }

    @Test
    void anAuthorWhoIsNotThereIsFound() {
        assertThat(next("mallory@a.test", 1, insert(0, "X", 0))).isPresent();
    }

    @Test
    void anAuthorWhoWasRemovedMeanwhileIsFound() {
        assertThat(next(ANNA, 1, remove(BORIS))).isEmpty();
        assertThat(next(BORIS, 1, insert(0, "X", 0)))
                .hasValueSatisfying(text -> assertThat(text).contains("not on the wavelet"));
    }

    @Test
    void anotherHashIsFound() {
        DeltaApplied stored = history.next(ANNA, 1, List.of(insert(0, "X", 0)), List.of(insert(0, "X", 0)));
        DeltaApplied changed = stored.toBuilder()
                .setHistoryHash(ByteString.copyFrom(new byte[20]))
                .build();
        assertThat(judge.next(changed))
                .hasValueSatisfying(text -> assertThat(text).contains("hash"));
    }

    @Test
    void theSignatureOfAnotherKeyIsFound() {
        Rederivation other = new Rederivation(WrittenHistory.WAVELET, new WrittenHistory().keys());
        WrittenHistory again = new WrittenHistory();
        assertThat(other.next(again.next(ANNA, 0, List.of(add(ANNA)), List.of(add(ANNA)))))
                .hasValueSatisfying(text -> assertThat(text).contains("does not verify"));
    }

    @Test
    void aReplicaThatMadeSomethingElseOfADeltaIsFound() {
        assertThat(next(ANNA, 1, insert(0, "X", 0))).isEmpty();
        DeltaApplied host = transformed(1, insert(0, "Y", 0), insert(0, "Y", 1));
        assertThat(judge.next(host)).isEmpty();
        assertThat(judge.compare(host)).isEmpty();
        assertThat(judge.compare(host.toBuilder().clearTransformedDelta().build()))
                .isPresent();
    }
}
