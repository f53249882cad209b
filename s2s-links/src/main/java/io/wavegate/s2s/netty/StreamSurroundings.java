package io.wavegate.s2s.netty;

import io.wavegate.s2s.stream.DialbackAnswer;
import io.wavegate.s2s.stream.DialbackQuestion;
import io.wavegate.s2s.stream.LocalIdentities;
import io.wavegate.s2s.stream.StanzaReceiver;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What all connections share.
 *
 * @param identities who we are and whom we believe
 * @param receiver takes stanzas
 * @param verifier asks the authoritative server; its stage never fails
 * @param tlsExecutor does the arithmetic of handshakes, away from the event loops
 * @param settings the bounds
 */
record StreamSurroundings(
        LocalIdentities identities,
        StanzaReceiver receiver,
        Function<DialbackQuestion, CompletionStage<DialbackAnswer>> verifier,
        Executor tlsExecutor,
        StreamsSettings settings) {}
