package io.wavegate.wavelet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.schema.ReplicaGenerations;
import io.wavegate.wavelet.model.Generations;
import io.wavegate.wavelet.model.HashedVersion;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class GenerationsTest {
    private static final HashedVersion COMMON = version(10);
    private static final HashedVersion TARGET = version(20);

    @Test
    void oneReplacesTheOtherAndOnlyTheConfiguredNumberIsKept() {
        Generations first = Generations.FIRST.begin(COMMON, TARGET, 1_000);
        assertThat(first.candidate()).contains(new Generations.Candidate(1, COMMON, TARGET));
        assertThat(first.current()).isZero();
        Generations second = first.complete(15, 1, 2_000).begin(version(5), TARGET, 3_000);
        Generations third = second.complete(20, 1, 4_000);

        assertThat(third.current()).isEqualTo(2);
        assertThat(third.replaced()).containsExactly(new Generations.Replaced(1, 5, 20, 4_000));
        assertThat(third.discarded()).containsExactly(0L);
        assertThat(third.swept().discarded()).isEmpty();
        assertThat(second.complete(20, 0, 4_000).discarded()).containsExactly(0L, 1L);
    }

    @Test
    void whatWasFetchedInVainIsDiscardedAndItsNumberNotGivenAgain() {
        Generations after = Generations.FIRST.begin(COMMON, TARGET, 1_000).abandon();

        assertThat(after.current()).isZero();
        assertThat(after.discarded()).containsExactly(1L);
        assertThat(after.wasReplacedAt(11)).isFalse();
        assertThat(after.swept()
                        .begin(COMMON, TARGET, 2_000)
                        .candidate()
                        .orElseThrow()
                        .generation())
                .isEqualTo(2);
    }

    @Test
    void anAttemptCountsForThePauseWhateverBecameOfIt() {
        assertThat(Generations.FIRST.mayBeginAtMillis(500)).isEqualTo(Long.MIN_VALUE);
        assertThat(Generations.FIRST.begin(COMMON, TARGET, 1_000).abandon().mayBeginAtMillis(500))
                .isEqualTo(1_500);
    }

    @Test
    void versionsAfterTheEarliestPartingMayBeKnownWithAFormerHistory() {
        Generations twice = Generations.FIRST
                .begin(COMMON, TARGET, 1)
                .complete(15, 1, 2)
                .begin(version(12), TARGET, 3)
                .complete(20, 1, 4);

        assertThat(twice.wasReplacedAt(10)).isFalse();
        assertThat(twice.wasReplacedAt(11)).isTrue();
    }

    /** Stored for ever: these bytes must always be read as they are now. */
    @Test
    void theStoredFormStaysReadable() throws Exception {
        Generations generations = Generations.FIRST
                .begin(COMMON, TARGET, 1)
                .complete(15, 1, 2)
                .begin(version(12), TARGET, 3)
                .complete(20, 1, 4)
                .begin(version(7), version(9), 5);
        String stored = "080210041a100803120508071201071a05080912010922080801100c181420042a0100300a3805";

        assertThat(HexFormat.of()
                        .formatHex(GenerationsCodec.toStored(generations).toByteArray()))
                .isEqualTo(stored);
        assertThat(GenerationsCodec.fromStored(
                        ReplicaGenerations.parseFrom(HexFormat.of().parseHex(stored))))
                .isEqualTo(generations);
        assertThat(GenerationsCodec.fromStored(GenerationsCodec.toStored(Generations.FIRST)))
                .isEqualTo(Generations.FIRST);
    }

    private static HashedVersion version(int number) {
        return new HashedVersion(number, ByteString.copyFrom(new byte[] {(byte) number}));
    }
}
