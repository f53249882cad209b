package io.wavegate.load.sim.stream;

import io.wavegate.s2s.stream.StreamEffect;
import io.wavegate.s2s.stream.StreamInput;
import io.wavegate.s2s.wire.Handshake;
import io.wavegate.s2s.wire.StreamCounters;
import io.wavegate.s2s.wire.StreamMachine;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;

/** One of the product's machines on one connection, and what its judge sees there: what is sent, and acknowledged. */
final class WatchedMachine implements StreamMachine {
    private static final StreamEffect GIVEN_UP = new StreamEffect.Acknowledging(false);

    private final StreamMachine machine;
    private final SentAndTold out;
    private final boolean deaf;
    private boolean tracked;

    WatchedMachine(StreamMachine machine, SentAndTold out, Shared shared) {
        this.machine = machine;
        this.out = out;
        deaf = shared.has(Flaw.DEAF_TIMERS);
    }

    @Override
    public StreamCounters.Direction direction() {
        return machine.direction();
    }

    @Override
    public List<StreamEffect> start() {
        return machine.start();
    }

    @Override
    public Handshake handshake() {
        return machine.handshake();
    }

    @Override
    public List<StreamEffect> on(StreamInput input) {
        if (deaf && input instanceof StreamInput.TimedOut) {
            return List.of();
        }
        List<StreamEffect> effects = machine.on(input);
        if (input instanceof StreamInput.Send send) {
            sent(send.stanzas(), effects);
        }
        boolean givenUp = effects.contains(GIVEN_UP);
        for (StreamEffect effect : effects) {
            if (effect instanceof StreamEffect.Acknowledged handled && !givenUp) {
                out.acknowledged(handled.stanzas());
            } else if (effect instanceof StreamEffect.Acknowledging acknowledging) {
                tracked = acknowledging.on();
            }
        }
        return effects;
    }

    private void sent(List<XmlElement> stanzas, List<StreamEffect> effects) {
        List<XmlElement> tooLarge = List.of();
        boolean written = false;
        for (StreamEffect effect : effects) {
            if (effect instanceof StreamEffect.TooLarge part) {
                tooLarge = part.unsent().stanzas();
            }
            written |= effect instanceof StreamEffect.Write;
        }
        out.sent(stanzas, written ? tooLarge : stanzas, tracked);
    }
}
