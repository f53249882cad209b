package io.wavegate.s2s.entity;

import io.wavegate.wavelet.placement.Placement;
import io.wavegate.wavelet.placement.ShardedPlacement;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Random;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * What the links of a node run in.
 *
 * @param placement where entities live
 * @param clock milliseconds since the epoch
 * @param random makes ids that nobody can guess, and spreads what would happen at once
 */
public record Surroundings(Placement placement, LongSupplier clock, Random random) {
    /** A cluster's node. */
    static Surroundings cluster(ActorSystem<?> system) {
        return new Surroundings(new ShardedPlacement(system), System::currentTimeMillis, new SecureRandom());
    }

    Instant now() {
        return Instant.ofEpochMilli(clock.getAsLong());
    }
}
