package io.wavegate.load.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * A third of the seeds that the suite runs: {@code -Dwavegate.simulation.seeds=N} of them in all. A share runs on one thread
 * and has a test class of its own, since classes are what the suite runs beside each other, as many as there are cores.
 */
final class SeedShare {
    private static final long SEEDS = Long.getLong("wavegate.simulation.seeds", 1_050);
    private static final int SHARES = 3;

    /** One in so many seeds has real streams, which take about a fifth longer. */
    private static final long OVER_BYTES = 10;

    private static final long EDITS_OF_A_SEED = 960;

    private SeedShare() {}

    private static SimResult run(Simulation simulation, long seed) {
        return isOverBytes(seed) ? simulation.runOnBytes(seed, Set.of(), Set.of(), false) : simulation.run(seed);
    }

    private static boolean isOverBytes(long seed) {
        return seed % OVER_BYTES == 0;
    }

    private static String replays(List<SimResult> failed) {
        return failed.stream()
                .map(result -> "\n  load-tests/simulate --seed " + result.seed()
                        + (isOverBytes(result.seed()) ? " --streams" : "") + " --trace")
                .collect(Collectors.joining());
    }

    /** @param share from 0 to 2 */
    static void noSeedFindsAnything(int share) {
        Simulation.quiet();
        long count = SEEDS / SHARES;
        AtomicLong begun = new AtomicLong();
        Seeds seeds = new Seeds(1 + share * count, SeedShare::run);
        seeds.run(1, () -> begun.getAndIncrement() < count && seeds.failed().size() < 5, result -> {});
        assertThat(seeds.failed()).as("replay with%s", replays(seeds.failed())).isEmpty();
        assertThat(seeds.runs()).isEqualTo(count);
        // A million in all.
        if (count >= 350) {
            assertThat(seeds.edits()).isGreaterThan(count * EDITS_OF_A_SEED);
        }
    }
}
