package io.wavegate.load.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.load.sim.stream.Flaw;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each deliberate bug around the product's own stream machines is found; that nothing else is, {@link SeedShare} shows. */
class RealStreamsTest {
    private static final int WITHIN = 40;
    private static final long REPLAYED = 6;
    private static final Simulation simulation = new Simulation();

    @BeforeAll
    static void quiet() {
        Simulation.quiet();
    }

    @AfterAll
    static void stop() {
        simulation.close();
    }

    @Test
    void aSeedReplaysExactlyOnBytes() {
        SimResult once = simulation.runOnBytes(REPLAYED, Set.of(), Set.of(), false);
        simulation.runOnBytes(1, Set.of(), Set.of(), false);
        assertThat(simulation.runOnBytes(REPLAYED, Set.of(), Set.of(), false)).isEqualTo(once);
    }

    @ParameterizedTest
    @EnumSource
    void eachFlawIsFound(Flaw flaw) {
        for (int seed = 1; seed <= WITHIN; seed++) {
            SimResult result = simulation.runOnBytes(seed, Set.of(), Set.of(flaw), false);
            if (!result.isGood()) {
                System.out.printf(
                        "%s: found by seed %d: %s%n",
                        flaw, seed, result.violations().get(0));
                return;
            }
        }
        assertThat(false).as("%s is found within %d seeds", flaw, WITHIN).isTrue();
    }
}
