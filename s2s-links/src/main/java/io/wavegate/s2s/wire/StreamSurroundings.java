package io.wavegate.s2s.wire;

import io.wavegate.s2s.stream.StanzaReceiver;
import java.time.InstantSource;

/**
 * What all connections share.
 *
 * @param clock that certificates are judged by
 * @param receiver takes stanzas
 * @param verifier asks the authoritative server
 * @param bounds of each
 * @param counters of how streams end
 * @param refusals told of limits that were hit
 */
public record StreamSurroundings(
        InstantSource clock,
        StanzaReceiver receiver,
        Verifier verifier,
        ConnectionBounds bounds,
        StreamCounters counters,
        Refusals refusals) {}
