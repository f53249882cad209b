package io.wavegate.load.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code simulate} makes the bug that it is told to make, however seeds are chosen. */
class SimulateCommandTest {
    private static final String BUG = Bug.TELL_BEFORE_DURABLE.name();

    @Test
    void seedsInWhichNothingIsFoundEndWellAndOthersDoNot() {
        assertThat(simulate("--seeds", "1")).isZero();
        assertThat(simulate("--seed", "1", "--bug", BUG)).isEqualTo(1);
        assertThat(simulate("--seeds", "1", "--bug", BUG)).isEqualTo(1);
        assertThat(simulate("--seeds", "1", "--streams", "--flaw", "ACKNOWLEDGE_ON_ARRIVAL"))
                .isEqualTo(1);
    }

    private static int simulate(String... arguments) {
        return new CommandLine(new SimulateCommand()).execute(arguments);
    }
}
