package io.wavegate.load.sim;

import org.junit.jupiter.api.Test;

/** The simulation: no seed of the third third finds anything that must not be. */
class ThirdSeedsTest {
    @Test
    void noSeedFindsAnything() {
        SeedShare.noSeedFindsAnything(2);
    }
}
