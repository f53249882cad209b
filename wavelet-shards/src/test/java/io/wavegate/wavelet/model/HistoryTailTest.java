package io.wavegate.wavelet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTailTest {
    private static final HashedVersion ZERO = new HashedVersion(0, ByteString.copyFromUtf8("wave://a.test/w+1/c"));

    @Test
    void twoTailsThatGrowFromOneDoNotSeeEachOther() {
        HistoryTail common = HistoryTail.startingAt(ZERO).append(delta(ZERO, "a"));
        HistoryTail left = common.append(delta(common.head(), "left"));
        HistoryTail right = common.append(delta(common.head(), "right"));
        assertThat(authors(common)).containsExactly("a@a.test");
        assertThat(authors(left)).containsExactly("a@a.test", "left@a.test");
        assertThat(authors(right)).containsExactly("a@a.test", "right@a.test");
    }

    @Test
    void manyAppendsAndTrimsKeepTheNewest() {
        HistoryTail tail = HistoryTail.startingAt(ZERO);
        for (int i = 0; i < 1_000; i++) {
            tail = tail.append(delta(tail.head(), "u" + i)).trim(10, Long.MAX_VALUE);
        }
        assertThat(authors(tail)).hasSize(10).startsWith("u990@a.test").endsWith("u999@a.test");
        assertThat(tail.from().version()).isEqualTo(990);
        assertThat(tail.boundary(989)).isEmpty();
        assertThat(tail.boundary(995)).isPresent();
        assertThat(tail.since(998)).hasSize(2);
        assertThat(tail.bytes()).isEqualTo(10L * ("u990".length()));
    }

    @Test
    void whatDoesNotFollowTheHeadIsRefused() {
        HistoryTail tail = HistoryTail.startingAt(ZERO).append(delta(ZERO, "a"));
        assertThatThrownBy(() -> tail.append(delta(ZERO, "b"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(tail.deltas()).hasSize(1);
    }

    private static List<String> authors(HistoryTail tail) {
        List<String> authors = new ArrayList<>();
        tail.deltas().forEach(delta -> authors.add(delta.author().address()));
        return authors;
    }

    private static AppliedDelta delta(HashedVersion at, String who) {
        return new AppliedDelta(
                at,
                new HashedVersion(at.version() + 1, ByteString.copyFromUtf8(who + at.version())),
                new ParticipantId(who + "@a.test"),
                List.of(WaveletOperation.NoOp.INSTANCE),
                1,
                ByteString.copyFromUtf8(who),
                ByteString.EMPTY,
                false,
                List.of());
    }
}
