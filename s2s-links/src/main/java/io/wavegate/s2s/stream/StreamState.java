package io.wavegate.s2s.stream;

import io.wavegate.s2s.xml.StreamErrorCondition;
import java.time.Duration;
import java.util.Optional;

/** A state of a stream. */
interface StreamState {
    /** How long it may last; empty for as long as it likes. */
    Optional<Duration> deadline(StreamTimeouts timeouts);

    /** The stream error that is out already, while what still arrives counts. */
    default Optional<StreamErrorCondition> said() {
        return Optional.empty();
    }

    /** For logs and views. */
    default String label() {
        return getClass().getSimpleName();
    }
}
