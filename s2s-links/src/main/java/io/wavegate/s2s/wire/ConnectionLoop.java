package io.wavegate.s2s.wire;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/**
 * The thread and the clock of a connection. What is given to it runs one after the other, in the order given; only {@link
 * #execute} and {@link #nanos} may be called from elsewhere.
 */
public interface ConnectionLoop extends Executor {
    /** A clock that only goes forward, from any beginning. */
    long nanos();

    /** Runs it after so long; what comes back serves to cancel it. */
    Future<?> schedule(Runnable task, long nanos);
}
