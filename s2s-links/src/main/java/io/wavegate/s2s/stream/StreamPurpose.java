package io.wavegate.s2s.stream;

/** What a stream is opened for. */
public sealed interface StreamPurpose {
    /** To send stanzas. */
    record Stanzas() implements StreamPurpose {}

    /**
     * To ask one question right after TLS, then to be closed. It is not authenticated: a peer whose own dialback waits
     * for this answer would wait for ever.
     */
    record Verification(DialbackQuestion question) implements StreamPurpose {}
}
