package io.wavegate.s2s.wire;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.InitiatingState;
import io.wavegate.s2s.stream.InitiatingStream;
import io.wavegate.s2s.stream.Step;
import io.wavegate.s2s.stream.StreamEffect;
import io.wavegate.s2s.stream.StreamInput;
import java.util.List;

/** A stream that we open, with TLS first or by STARTTLS. */
public final class InitiatingMachine implements StreamMachine {
    private final InitiatingStream stream;
    private final Handshake handshake;
    private InitiatingState state;

    /** @param directTls whether TLS comes before the first byte of XML */
    public InitiatingMachine(InitiatingStream stream, DomainPair pair, boolean directTls) {
        this.stream = stream;
        handshake = new Handshake.Client(pair, directTls);
        state = stream.initial();
    }

    @Override
    public StreamCounters.Direction direction() {
        return StreamCounters.Direction.OUT;
    }

    @Override
    public List<StreamEffect> start() {
        return on(new StreamInput.Connected(handshake.directTls()));
    }

    @Override
    public List<StreamEffect> on(StreamInput input) {
        Step<InitiatingState> step = stream.on(state, input);
        state = step.state();
        return step.effects();
    }

    @Override
    public Handshake handshake() {
        return handshake;
    }
}
