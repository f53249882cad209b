package io.wavegate.load.sim.stream;

/** Told when a stream breaks a promise. */
@FunctionalInterface
public interface StreamJudge {
    /** @param what is wrong, in which direction */
    void broken(String what);
}
