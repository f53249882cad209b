package io.wavegate.load.sim;

import io.wavegate.load.check.Violation;
import java.util.List;

/**
 * What came of a run.
 *
 * @param seed which run
 * @param plan what the seed made of it
 * @param violations what must not be; none if all is well
 * @param edits operations that were acknowledged; a delta has a few
 * @param deltas deltas that became durable at hosts
 * @param observations what the checker saw
 * @param events what happened in all
 * @param virtualMillis how long it took by the virtual clock
 * @param digest the same for two runs that were the same in everything
 */
public record SimResult(
        long seed,
        String plan,
        List<Violation> violations,
        long edits,
        long deltas,
        long observations,
        long events,
        long virtualMillis,
        long digest) {
    public SimResult {
        violations = List.copyOf(violations);
    }

    /** True if nothing was found. */
    public boolean isGood() {
        return violations.isEmpty();
    }
}
