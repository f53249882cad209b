package io.wavegate.s2s.wire;

import io.wavegate.s2s.stream.StreamEffect;
import io.wavegate.s2s.stream.StreamInput;
import java.util.List;

/** A state machine with its present state, for one connection; used by its loop alone. */
public interface StreamMachine {
    /** Who opens the stream. */
    StreamCounters.Direction direction();

    /** What to do once the connection is up. */
    List<StreamEffect> start();

    /** Takes an input. */
    List<StreamEffect> on(StreamInput input);

    /** The handshake that was just asked for. */
    Handshake handshake();
}
