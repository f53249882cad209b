package io.wavegate.s2s.stream;

/** How far the layers below have come; each step starts the stream anew. */
public enum Phase {
    PLAIN,
    /** TLS is up. */
    SECURED,
    /** SASL succeeded. */
    AUTHENTICATED
}
