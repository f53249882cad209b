package io.wavegate.s2s.wire;

import java.time.Duration;

/**
 * The bounds of one connection.
 *
 * @param waitingBytes stanzas that may wait to be taken over, and as many to be acknowledged
 * @param keepalive after which silence of ours to write a space
 * @param closing with which a connection that has ended is left to flush
 */
public record ConnectionBounds(long waitingBytes, Duration keepalive, Duration closing) {}
