package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.placement.Placement;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What the wavelets of a node run in.
 *
 * @param placement where entities live
 * @param pools runs what signs and verifies; if there is none, threads of the node's own do
 * @param work decodes and encodes what is stored
 * @param clock milliseconds since the epoch: deltas and certificates are dated by it
 * @param steady milliseconds that only go on: waits end by it
 */
public record Surroundings(
        Placement placement, Optional<Executor> pools, Executor work, LongSupplier clock, LongSupplier steady) {
    /** With one clock for both, which only goes on. */
    public Surroundings(Placement placement, Optional<Executor> pools, Executor work, LongSupplier clock) {
        this(placement, pools, work, clock, clock);
    }
}
