package io.wavegate.s2s.link;

import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;

/** What a link wants done. */
public sealed interface LinkEffect {
    /** Make one attempt to open a stream; the outcome comes back as an input. */
    record OpenStream(DomainPair pair) implements LinkEffect {}

    /** Send these in one flush; {@link LinkInput.Sent} comes back. At most one is under way per stream. */
    record Send(DomainPair pair, long stream, List<XmlElement> stanzas) implements LinkEffect {}

    /** Close a stream cleanly. It is not used any more; its end comes as an input still. */
    record CloseStream(DomainPair pair, long stream) implements LinkEffect {}

    /** A stream on which the peer does not answer: end it, and do not get it again. It counts as ended already. */
    record AbandonStream(DomainPair pair, long stream) implements LinkEffect {}

    /** Tell the senders of stanzas that were passed on what became of them after all. */
    record Bounce(List<XmlElement> stanzas, StanzaError error) implements LinkEffect {
        public Bounce {
            stanzas = List.copyOf(stanzas);
        }
    }

    /** Tell who asked. */
    record Complete(long token, Outcome outcome) implements LinkEffect {}

    /** Tell who asked whether an address speaks for the remote domain. */
    record Confirm(long token, boolean speaks) implements LinkEffect {}

    /** Tell who gave the stanzas of this token. */
    record Relayed(long token, RelayOutcome outcome) implements LinkEffect {}

    /** Tell the wavelets that are behind to go on. */
    record Reachable() implements LinkEffect {}

    /** For the log: the link is in another phase. */
    record PhaseChanged(LinkPhase from, LinkPhase to) implements LinkEffect {}
}
