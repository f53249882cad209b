package io.wavegate.node.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultTraceTest {

    @Test
    void withoutTracesBesideTheProjectOurOwnIsTypedAndThatIsSaid(@TempDir Path elsewhere) throws Exception {
        DefaultTrace found = DefaultTrace.find(elsewhere);
        assertThat(found.from()).contains("a small recording of the project's own", "is not beside the project");
        assertThat(found.trace().people()).isEqualTo(2);
        assertThat(found.trace().transactions()).hasSizeBetween(150, 400);
    }

    @Test
    void inOurOwnTwoPeopleTypeAtOnce(@TempDir Path elsewhere) throws Exception {
        int[] typed = new int[2];
        int unseen = 0;
        for (Trace.Transaction transaction :
                DefaultTrace.find(elsewhere).trace().transactions()) {
            unseen += transaction.seen() < typed[1 - transaction.person()] ? 1 : 0;
            typed[transaction.person()]++;
        }
        assertThat(typed[0]).isGreaterThan(50);
        assertThat(typed[1]).isGreaterThan(50);
        assertThat(unseen)
                .as("edits made without having seen all of the other's")
                .isGreaterThan(50);
    }
}
