package io.wavegate.persistence.journal;

import org.jspecify.annotations.Nullable;

/**
 * The store could not answer: a full disk, an unreachable Cassandra, a closed store. For an append the outcome is
 * unknown unless {@link #nothingWritten()} says otherwise; the caller re-reads the head before it goes on. The message
 * names the store, the cause and the next step, for an operator.
 */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean nothingWritten;

    public StoreUnavailableException(String message, boolean nothingWritten, @Nullable Throwable cause) {
        super(message, cause);
        this.nothingWritten = nothingWritten;
    }

    /** True if it is certain that the append left no trace. */
    public boolean nothingWritten() {
        return nothingWritten;
    }
}
