package io.wavegate.s2s.wire;

import java.util.function.BooleanSupplier;

/** Whether a connection is read from; where it is not, TCP makes the other side wait. Used by its loop alone. */
final class Reading {
    private final Carrier carrier;
    private final BooleanSupplier wanted;
    private boolean paused;
    private boolean reading = true;

    /**
     * @param carrier which is read from to begin with
     * @param wanted whether more could be taken now
     */
    Reading(Carrier carrier, BooleanSupplier wanted) {
        this.carrier = carrier;
        this.wanted = wanted;
    }

    /** Not for so long, whatever is wanted. */
    void pause(long nanos) {
        if (!paused) {
            paused = true;
            regulate();
            carrier.loop().schedule(this::again, nanos);
        }
    }

    private void again() {
        paused = false;
        regulate();
    }

    /** What is wanted may have changed. */
    void regulate() {
        boolean read = !paused && wanted.getAsBoolean();
        if (read != reading) {
            reading = read;
            carrier.read(read);
        }
    }
}
