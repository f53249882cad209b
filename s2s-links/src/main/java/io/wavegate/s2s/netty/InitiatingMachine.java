package io.wavegate.s2s.netty;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.InitiatingState;
import io.wavegate.s2s.stream.InitiatingStream;
import io.wavegate.s2s.stream.LocalIdentities;
import io.wavegate.s2s.stream.Step;
import io.wavegate.s2s.stream.StreamEffect;
import io.wavegate.s2s.stream.StreamInput;
import java.util.List;
import javax.net.ssl.SSLEngine;

/** A stream that we open, with TLS first or by STARTTLS. */
final class InitiatingMachine implements StreamMachine {
    private final InitiatingStream stream;
    private final DomainPair pair;
    private final LocalIdentities identities;
    private final boolean directTls;
    private InitiatingState state;

    InitiatingMachine(InitiatingStream stream, DomainPair pair, LocalIdentities identities, boolean directTls) {
        this.stream = stream;
        this.pair = pair;
        this.identities = identities;
        this.directTls = directTls;
        state = stream.initial();
    }

    @Override
    public StreamCounters.Direction direction() {
        return StreamCounters.Direction.OUT;
    }

    @Override
    public List<StreamEffect> start() {
        return on(new StreamInput.Connected(directTls));
    }

    @Override
    public List<StreamEffect> on(StreamInput input) {
        Step<InitiatingState> step = stream.on(state, input);
        state = step.state();
        return step.effects();
    }

    @Override
    public SSLEngine newEngine() {
        SSLEngine engine = identities.clientEngine(pair);
        return directTls ? ServerAlpn.set(engine) : engine;
    }
}
