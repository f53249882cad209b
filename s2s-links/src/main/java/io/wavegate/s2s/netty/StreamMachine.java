package io.wavegate.s2s.netty;

import io.wavegate.s2s.stream.StreamEffect;
import io.wavegate.s2s.stream.StreamInput;
import java.util.List;
import javax.net.ssl.SSLEngine;

/** A state machine with its present state, for one connection; used by its event loop alone. */
interface StreamMachine {
    /** Who opens the stream. */
    StreamCounters.Direction direction();

    /** What to do once the connection is up. */
    List<StreamEffect> start();

    /** Takes an input. */
    List<StreamEffect> on(StreamInput input);

    /** The engine for the handshake that was just asked for. */
    SSLEngine newEngine();
}
