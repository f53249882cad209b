package io.wavegate.load.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No seed finds anything that must not be. {@code -Dwavegate.simulation.seeds=N} runs another number of them. */
class SimulationTest {
    private static final long SEEDS = Long.getLong("wavegate.simulation.seeds", 60);
    private static final int CORES = 2;

    @BeforeAll
    static void quiet() {
        Simulation.quiet();
    }

    @Test
    void noSeedFindsAnything() {
        AtomicLong begun = new AtomicLong();
        Seeds seeds = new Seeds(1);
        seeds.run(CORES, () -> begun.getAndIncrement() < SEEDS && seeds.failed().size() < 5, result -> {});
        assertThat(seeds.failed())
                .as("replay with: load-tests/simulate --seed SEED --trace")
                .isEmpty();
        assertThat(seeds.runs()).isEqualTo(SEEDS);
        if (SEEDS >= 1_050) {
            assertThat(seeds.edits()).isGreaterThan(1_000_000);
        }
    }
}
