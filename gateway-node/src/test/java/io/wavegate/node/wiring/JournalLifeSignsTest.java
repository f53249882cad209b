package io.wavegate.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wavegate.cluster.presence.Sign;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.memory.InMemoryJournal;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Signs of life as they lie in the journal. */
class JournalLifeSignsTest {
    private final Journal journal = new InMemoryJournal();
    private final JournalLifeSigns signs = new JournalLifeSigns(journal);

    @Test
    void ofTwoClaimsOneHolds() {
        assertThat(get(signs.look())).isEqualTo(Sign.NONE);
        assertThat(get(signs.claim(0, "a#1", Set.of("a:1")))).isTrue();
        assertThat(get(signs.claim(0, "b#1", Set.of("b:1")))).isFalse();
        assertThat(get(signs.look())).isEqualTo(new Sign(1, "a#1", 0, Set.of("a:1")));
    }

    @Test
    void beatsMoveTheSignAndTellTheMembersAndThoseOfAFormerHolderDoNot() {
        get(signs.claim(0, "a#1", Set.of("a:1")));
        get(signs.beat(1, 1, Set.of("a:1", "b:1")));
        assertThat(get(signs.look())).isEqualTo(new Sign(1, "a#1", 1, Set.of("a:1", "b:1")));
        get(signs.claim(1, "b#1", Set.of("b:1")));
        get(signs.beat(1, 2, Set.of("a:1")));
        assertThat(get(signs.look())).isEqualTo(new Sign(2, "b#1", 0, Set.of("b:1")));
    }

    @Test
    void aSignThatIsGivenUpIsFree() {
        get(signs.claim(0, "a#1", Set.of("a:1")));
        get(signs.claim(1, "", Set.of()));
        assertThat(get(signs.look())).isEqualTo(new Sign(2, "", 0, Set.of()));
        assertThat(get(signs.look()).isFree()).isTrue();
    }

    @Test
    void whatIsLeftOfAnEarlierHolderInTheSamePlaceDoesNotCount() {
        for (long position = 0; position < 64; position++) {
            get(signs.claim(position, "a#1", Set.of("a:1")));
        }
        get(journal.putHint(JournalLifeSigns.STREAM, "beat-0", ByteString.copyFromUtf8("0\n7\nz:1")));
        assertThat(get(signs.look())).isEqualTo(new Sign(64, "a#1", 0, Set.of("a:1")));
        get(signs.beat(64, 1, Set.of("a:1")));
        assertThat(get(signs.look()).beat()).isEqualTo(1);
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
