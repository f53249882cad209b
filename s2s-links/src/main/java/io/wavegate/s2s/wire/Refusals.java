package io.wavegate.s2s.wire;

import io.wavegate.s2s.limit.Excess;

/** Told of limits that were hit. */
@FunctionalInterface
public interface Refusals {
    /** @param what was refused: the words behind "Refused" */
    void refused(String what, Excess excess, long nowNanos);
}
