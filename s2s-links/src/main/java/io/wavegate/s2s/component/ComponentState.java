package io.wavegate.s2s.component;

import io.wavegate.s2s.stream.StreamEnd;

/** The states of such a connection, of either side. */
public sealed interface ComponentState {
    /** Connected, and the other side's header is awaited. */
    record AwaitingHeader() implements ComponentState {}

    /** Headers are exchanged; the component's handshake, or the server's word on it, is awaited. */
    record AwaitingHandshake(String host, String streamId) implements ComponentState {}

    /** The secret was right; whether the name is free is being found out. */
    record Claiming(String host) implements ComponentState {}

    /** Stanzas pass. */
    record Established(String host) implements ComponentState {}

    /** Our end tag is out, theirs is awaited. */
    record Closing(String host, StreamEnd end) implements ComponentState {}

    /** Over. */
    record Ended() implements ComponentState {}
}
