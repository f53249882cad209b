package io.wavegate.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.persistence.cassandra.SegmentChain.Slice;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SegmentChainTest {
    @Test
    void aStreamBeginsInSegmentZeroWithoutAHeadThere() {
        SegmentChain chain = SegmentChain.empty(100);

        assertThat(chain.current()).isZero();
        assertThat(chain.isCurrentFresh()).isTrue();
        assertThat(chain.slices(0, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void aHeadBeyondTheBorderClosesASegmentAndNamesTheNext() {
        SegmentChain chain = SegmentChain.empty(100).advanced(99).advanced(250);

        assertThat(chain.current()).isEqualTo(2);
        assertThat(chain.isCurrentFresh()).isTrue();
        assertThat(chain.advanced(260).isCurrentFresh()).isFalse();
        assertThat(chain.advanced(260).slices(0, Long.MAX_VALUE))
                .containsExactly(new Slice(0, 0, 250), new Slice(2, 250, 260));
    }

    @Property(tries = 200)
    void everyPositionBelowTheHeadLiesInTheSegmentOfItsAppend(
            @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 25) Integer> steps) {
        SegmentChain chain = SegmentChain.empty(10);
        List<Long> writtenTo = new ArrayList<>();
        for (int step : steps) {
            long from = chain.head();
            assertThat(chain.current()).isEqualTo(from / 10);
            for (int i = 0; i < step; i++) {
                writtenTo.add(chain.current());
            }
            chain = chain.advanced(from + step);
        }
        List<Long> readFrom = new ArrayList<>();
        for (Slice slice : chain.slices(0, Long.MAX_VALUE)) {
            assertThat(slice.from()).isEqualTo(readFrom.size());
            for (long at = slice.from(); at < slice.until(); at++) {
                readFrom.add(slice.segment());
            }
        }
        assertThat(readFrom).isEqualTo(writtenTo);
    }
}
