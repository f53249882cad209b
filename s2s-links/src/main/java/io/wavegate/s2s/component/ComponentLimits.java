package io.wavegate.s2s.component;

import java.time.Duration;

/**
 * What a connection may cost.
 *
 * @param handshake the time to the end of the handshake
 * @param closing from the end of our stream to the end of theirs
 * @param elementBytes bytes of one stanza
 */
public record ComponentLimits(Duration handshake, Duration closing, int elementBytes) {
    /** Bytes of one element before the secret was proved; a header and a handshake need some hundred. */
    public static final int BYTES_BEFORE = 10_000;
}
