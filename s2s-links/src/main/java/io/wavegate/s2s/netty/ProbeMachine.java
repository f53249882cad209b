package io.wavegate.s2s.netty;

import io.wavegate.s2s.check.ProbeRecord;
import io.wavegate.s2s.stream.StreamEffect;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamInput;
import io.wavegate.s2s.tls.CertificateSummary;
import io.wavegate.s2s.wire.Handshake;
import io.wavegate.s2s.wire.InitiatingMachine;
import io.wavegate.s2s.wire.StreamCounters;
import io.wavegate.s2s.wire.StreamMachine;
import java.util.List;
import javax.net.ssl.SSLSession;

/** A stream of ours whose steps are kept, and which ends where enough was seen. */
final class ProbeMachine implements StreamMachine {
    static final StreamEnd ENOUGH = new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "all was seen that was wanted");

    private final InitiatingMachine stream;
    private final ProbeRecord record;
    private final boolean authenticate;
    private final String remote;
    private boolean ending;

    /** @param authenticate whether to go on beyond the features behind TLS */
    ProbeMachine(InitiatingMachine stream, String remote, ProbeRecord record, boolean authenticate) {
        this.stream = stream;
        this.remote = remote;
        this.record = record;
        this.authenticate = authenticate;
    }

    @Override
    public StreamCounters.Direction direction() {
        return stream.direction();
    }

    @Override
    public List<StreamEffect> start() {
        record.connected(System.nanoTime());
        return kept(stream.start());
    }

    @Override
    public List<StreamEffect> on(StreamInput input) {
        if (input instanceof StreamInput.Secured secured && secured.certificate() instanceof PeerChain shown) {
            SSLSession session = shown.session();
            record.handshake(
                    session.getProtocol(),
                    session.getCipherSuite(),
                    CertificateSummary.of(shown.chain()),
                    shown.forDomain(remote),
                    System.nanoTime());
        }
        record.saw(input);
        if (!authenticate && !ending && record.hasSeenFeatures()) {
            ending = true;
            return kept(stream.on(new StreamInput.Close(ENOUGH)));
        }
        return kept(stream.on(input));
    }

    private List<StreamEffect> kept(List<StreamEffect> effects) {
        record.did(effects, System.nanoTime());
        return effects;
    }

    @Override
    public Handshake handshake() {
        return stream.handshake();
    }
}
