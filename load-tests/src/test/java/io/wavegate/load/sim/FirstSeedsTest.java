package io.wavegate.load.sim;

import org.junit.jupiter.api.Test;

/** The simulation: no seed of the first third finds anything that must not be. */
class FirstSeedsTest {
    @Test
    void noSeedFindsAnything() {
        SeedShare.noSeedFindsAnything(0);
    }
}
