package io.wavegate.s2s.wire;

import io.wavegate.s2s.stream.DomainPair;
import java.util.Optional;

/** The TLS handshake that a stream asks for. */
public sealed interface Handshake {
    /** Whether TLS came before the first byte of XML (XEP-0368). */
    boolean directTls();

    /** Ours to begin. */
    record Client(DomainPair pair, boolean directTls) implements Handshake {}

    /**
     * Theirs to begin.
     *
     * @param local the domain in the stream's {@code to}; empty where TLS comes before it
     */
    record Server(Optional<String> local, boolean directTls) implements Handshake {}
}
