package io.wavegate.s2s.wire;

import io.wavegate.s2s.stream.AuthenticatedBy;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;

/** Writes for an operator how a stream with one peer fares. */
public interface StreamLog {
    /** @param security TLS version and cipher suite, or "plaintext" */
    void ready(DomainPair pair, AuthenticatedBy method, String security);

    /** A pair was not authenticated; told once for a stream. */
    default void refused(String text) {}

    /** Something harmless was ignored. */
    default void ignored(String text) {}

    /** The stream is over. */
    default void ended(StreamEnd end) {}
}
