package io.wavegate.s2s.netty;

import io.wavegate.s2s.stream.LocalIdentities;
import io.wavegate.s2s.stream.StanzaReceiver;
import java.util.concurrent.Executor;

/**
 * What all connections share.
 *
 * @param identities who we are and whom we believe
 * @param receiver takes stanzas
 * @param verifier asks the authoritative server
 * @param tlsExecutor does the arithmetic of handshakes, away from the event loops
 * @param settings the bounds
 * @param counters of how streams end
 * @param limitLog tells of limits that were hit
 */
record StreamSurroundings(
        LocalIdentities identities,
        StanzaReceiver receiver,
        Verifier verifier,
        Executor tlsExecutor,
        StreamsSettings settings,
        StreamCounters counters,
        LimitLog limitLog) {}
