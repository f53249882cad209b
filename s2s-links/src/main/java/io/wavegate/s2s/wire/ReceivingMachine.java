package io.wavegate.s2s.wire;

import io.wavegate.s2s.stream.ReceivingState;
import io.wavegate.s2s.stream.ReceivingStream;
import io.wavegate.s2s.stream.Session;
import io.wavegate.s2s.stream.Step;
import io.wavegate.s2s.stream.StreamEffect;
import io.wavegate.s2s.stream.StreamInput;
import java.util.List;

/** A stream that a peer opens to us, with TLS first or by STARTTLS. */
public final class ReceivingMachine implements StreamMachine {
    private final ReceivingStream stream;
    private final boolean directTls;
    private final Step<ReceivingState> first;
    private ReceivingState state;

    /** @param directTls whether TLS comes before the first byte of XML */
    public ReceivingMachine(ReceivingStream stream, boolean directTls) {
        this.stream = stream;
        this.directTls = directTls;
        first = directTls ? stream.startWithTls() : stream.start();
        state = first.state();
    }

    @Override
    public StreamCounters.Direction direction() {
        return StreamCounters.Direction.IN;
    }

    @Override
    public List<StreamEffect> start() {
        return first.effects();
    }

    @Override
    public List<StreamEffect> on(StreamInput input) {
        Step<ReceivingState> step = stream.on(state, input);
        state = step.state();
        return step.effects();
    }

    @Override
    public Handshake handshake() {
        if (state instanceof ReceivingState.SecuringTls securing) {
            return new Handshake.Server(securing.before().map(Session::local), directTls);
        }
        throw new IllegalStateException("no TLS was asked for in " + state);
    }
}
