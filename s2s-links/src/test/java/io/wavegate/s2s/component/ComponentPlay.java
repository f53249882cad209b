package io.wavegate.s2s.component;

import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlEvent;
import io.wavegate.s2s.xml.XmlLimits;
import io.wavegate.s2s.xml.Xmlns;
import io.wavegate.s2s.xml.XmppParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Drives a machine by the other side's lines. */
final class ComponentPlay {
    final List<XmlElement> delivered = new ArrayList<>();
    Optional<String> ready = Optional.empty();
    boolean free = true;
    private final ComponentMachine machine;
    private final XmppParser parser = new XmppParser(XmlLimits.ofBytes(10_000), Xmlns.COMPONENT);
    private final StringBuilder written = new StringBuilder();
    private Optional<StreamEnd> end = Optional.empty();
    private ComponentState state;

    ComponentPlay(ComponentMachine machine) {
        this.machine = machine;
        ComponentStep first = machine.start();
        state = first.state();
        carryOut(first);
    }

    void hears(String xml) {
        parser.feed(xml.getBytes(StandardCharsets.UTF_8));
        for (Optional<XmlEvent> event = parser.next(); event.isPresent(); event = parser.next()) {
            on(new ComponentInput.Received(event.get()));
        }
    }

    void on(ComponentInput input) {
        carryOut(machine.on(state, input));
    }

    /** What was written since it was last asked for. */
    String said() {
        String all = written.toString();
        written.setLength(0);
        return all;
    }

    StreamEnd end() {
        return end.orElseThrow(() -> new AssertionError("still " + state));
    }

    private void carryOut(ComponentStep step) {
        state = step.state();
        for (ComponentEffect effect : step.effects()) {
            if (effect instanceof ComponentEffect.Write write) {
                written.append(new String(write.bytes(), StandardCharsets.UTF_8));
            } else if (effect instanceof ComponentEffect.Deliver deliver) {
                delivered.add(deliver.stanza());
            } else if (effect instanceof ComponentEffect.Ready now) {
                ready = Optional.of(now.host());
            } else if (effect instanceof ComponentEffect.Claim) {
                on(new ComponentInput.Claimed(free));
            } else if (effect instanceof ComponentEffect.End over) {
                end = Optional.of(over.end());
            }
        }
    }
}
