package io.wavegate.load.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.load.check.Statement;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation bites: each deliberate bug is found within the seeds that {@code docs/simulation.md} states. */
class BugsTest {
    private static final int WITHIN = 40;
    private static final Simulation simulation = new Simulation();

    @BeforeAll
    static void quiet() {
        Simulation.quiet();
    }

    @AfterAll
    static void stop() {
        simulation.close();
    }

    @ParameterizedTest
    @EnumSource
    void eachBugIsFound(Bug bug) {
        simulation.edges(bug == Bug.REPLAY_WRITTEN ? SimPlan.Edges.APART : SimPlan.Edges.OWN);
        for (int seed = 1; seed <= WITHIN; seed++) {
            SimResult result = simulation.run(seed, Set.of(bug), false);
            if (!result.isGood()) {
                Statement against = result.violations().get(0).statement();
                System.out.printf(
                        "%s: found by seed %d, against %s: %s%n",
                        bug, seed, against, result.violations().get(0));
                return;
            }
        }
        assertThat(false).as("%s is found within %d seeds", bug, WITHIN).isTrue();
    }
}
