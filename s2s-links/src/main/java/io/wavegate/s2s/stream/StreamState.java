package io.wavegate.s2s.stream;

import java.time.Duration;
import java.util.Optional;

/** A state of a stream. */
interface StreamState {
    /** How long it may last; empty for as long as it likes. */
    Optional<Duration> deadline(StreamTimeouts timeouts);

    /** For logs and views. */
    default String label() {
        return getClass().getSimpleName();
    }
}
