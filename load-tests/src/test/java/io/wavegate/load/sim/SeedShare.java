package io.wavegate.load.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A third of the seeds that the suite runs: {@code -Dwavegate.simulation.seeds=N} of them in all. A share runs on one thread
 * and has a test class of its own, since classes are what the suite runs beside each other, as many as there are cores.
 */
final class SeedShare {
    private static final long SEEDS = Long.getLong("wavegate.simulation.seeds", 1_050);
    private static final int SHARES = 3;
    private static final long EDITS_OF_A_SEED = 960;

    private SeedShare() {}

    /** @param share from 0 to 2 */
    static void noSeedFindsAnything(int share) {
        Simulation.quiet();
        long count = SEEDS / SHARES;
        AtomicLong begun = new AtomicLong();
        Seeds seeds = new Seeds(1 + share * count, Simulation::run);
        seeds.run(1, () -> begun.getAndIncrement() < count && seeds.failed().size() < 5, result -> {});
        assertThat(seeds.failed())
                .as("replay with: load-tests/simulate --seed SEED --trace")
                .isEmpty();
        assertThat(seeds.runs()).isEqualTo(count);
        // A million in all.
        if (count >= 350) {
            assertThat(seeds.edits()).isGreaterThan(count * EDITS_OF_A_SEED);
        }
    }
}
