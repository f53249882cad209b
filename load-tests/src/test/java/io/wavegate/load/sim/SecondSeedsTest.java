package io.wavegate.load.sim;

import org.junit.jupiter.api.Test;

/** The simulation: no seed of the second third finds anything that must not be. */
class SecondSeedsTest {
    @Test
    void noSeedFindsAnything() {
        SeedShare.noSeedFindsAnything(1);
    }
}
