package io.wavegate.wavelet.placement;

import java.util.function.LongSupplier;

/**
 * Milliseconds by which waits end, whatever is done to the machine's clock: at first those since the epoch, from then on one
 * for each that passes. By the machine's own clock every retry would wait for an hour when that is set back by an hour, and
 * every wait end at once when it is set ahead.
 */
public final class SteadyClock implements LongSupplier {
    private static final long NANOS = 1_000_000;

    private final LongSupplier nanos;
    private final long beganMillis;
    private final long beganNanos;

    /**
     * @param millis since the epoch; looked at once
     * @param nanos of a clock that only goes on
     */
    SteadyClock(LongSupplier millis, LongSupplier nanos) {
        this.nanos = nanos;
        this.beganMillis = millis.getAsLong();
        this.beganNanos = nanos.getAsLong();
    }

    /** The machine's, from now on. */
    public static SteadyClock begin() {
        return new SteadyClock(System::currentTimeMillis, System::nanoTime);
    }

    @Override
    public long getAsLong() {
        return beganMillis + (nanos.getAsLong() - beganNanos) / NANOS;
    }
}
