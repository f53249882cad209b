package io.wavegate.s2s.wire;

import java.util.Optional;

/** Told what became of bytes. */
@FunctionalInterface
public interface Written {
    /**
     * Told once, on the connection's loop.
     *
     * @param failure why they could not be handed to the system, for an operator; empty if they were
     */
    void told(Optional<String> failure);
}
