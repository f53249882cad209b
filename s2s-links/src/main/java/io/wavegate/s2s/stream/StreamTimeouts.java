package io.wavegate.s2s.stream;

import java.time.Duration;

/**
 * How long each state of a stream may last. They are deadlines: what arrives in between does not extend them, so that a byte
 * every ten seconds does not hold a connection.
 *
 * @param header from the connection, or a restart, to the other side's complete header
 * @param features from the header to the features
 * @param tls from {@code <proceed/>} to the end of the handshake
 * @param authentication receiving: from the header after TLS to the first authenticated pair; initiating: to SASL's outcome
 * @param dialback to the outcome of a dialback of ours
 * @param closing from our end tag to the other side's
 * @param idle without any stanza until a stream that is ready is closed; zero means never
 */
public record StreamTimeouts(
        Duration header,
        Duration features,
        Duration tls,
        Duration authentication,
        Duration dialback,
        Duration closing,
        Duration idle) {
    /** Spec 4.2 and 4.4. */
    public static final StreamTimeouts DEFAULT = new StreamTimeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(60),
            Duration.ofSeconds(40),
            Duration.ofSeconds(5),
            Duration.ofHours(1));
}
