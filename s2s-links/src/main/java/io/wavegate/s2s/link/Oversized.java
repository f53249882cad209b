package io.wavegate.s2s.link;

import io.wavegate.s2s.link.Outstanding.Pending;
import io.wavegate.s2s.link.Outstanding.Purpose;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.Optional;

/** Stanzas that a stream did not take because of their size: who asked can ask for less, a peer is told so instead. */
final class Oversized {
    private final Requests requests;
    private final Callers callers;
    private final Channels channels;

    Oversized(Requests requests, Callers callers, Channels channels) {
        this.requests = requests;
        this.callers = callers;
        this.channels = channels;
    }

    void refuse(LinkInput.TooLarge input, Optional<String> service, long nowMillis, List<LinkEffect> effects) {
        input.unsent().stanzas().forEach(stanza -> refuse(input, stanza, service, nowMillis, effects));
    }

    private void refuse(
            LinkInput.TooLarge input,
            XmlElement stanza,
            Optional<String> service,
            long nowMillis,
            List<LinkEffect> effects) {
        int maxBytes = input.unsent().maxBytes();
        Optional<Pending> pending = requests.takeUnsent(stanza);
        if (pending.isPresent() && pending.get().purpose() instanceof Purpose.Caller caller) {
            callers.refuse(caller.ask(), new Outcome.TooLarge(maxBytes), effects);
        } else if (pending.isPresent() && pending.get().purpose() instanceof Purpose.Preamble preamble) {
            requests.preambleAnswered(preamble, false, service, nowMillis, effects);
        } else {
            channels.tooLarge(input.pair(), stanza, maxBytes, nowMillis, effects);
        }
    }
}
