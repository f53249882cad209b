package io.wavegate.s2s.netty;

import io.wavegate.s2s.stream.LocalIdentities;
import io.wavegate.s2s.stream.ReceivingState;
import io.wavegate.s2s.stream.ReceivingStream;
import io.wavegate.s2s.stream.Session;
import io.wavegate.s2s.stream.Step;
import io.wavegate.s2s.stream.StreamEffect;
import io.wavegate.s2s.stream.StreamInput;
import java.util.List;
import javax.net.ssl.SSLEngine;

/** A stream that a peer opens to us, with TLS first or by STARTTLS. */
final class ReceivingMachine implements StreamMachine {
    private final ReceivingStream stream;
    private final LocalIdentities identities;
    private final boolean directTls;
    private final Step<ReceivingState> first;
    private ReceivingState state;

    ReceivingMachine(ReceivingStream stream, LocalIdentities identities, boolean directTls) {
        this.stream = stream;
        this.identities = identities;
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
    public SSLEngine newEngine() {
        if (state instanceof ReceivingState.SecuringTls securing) {
            String domain = securing.before()
                    .map(Session::local)
                    .orElseGet(() -> identities.domains().iterator().next());
            SSLEngine engine = identities.serverEngine(domain);
            return directTls ? ServerAlpn.set(engine) : engine;
        }
        throw new IllegalStateException("no TLS was asked for in " + state);
    }
}
