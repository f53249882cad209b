package io.wavegate.s2s.component;

import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;

/** What such a connection wants done, in the order given. */
public sealed interface ComponentEffect {
    /** Write these bytes. */
    @SuppressWarnings("ArrayRecordComponent") // made once, written once, never compared
    record Write(byte[] bytes) implements ComponentEffect {}

    /** Take the name for this connection, if no other has it; answered at once by {@link ComponentInput.Claimed}. */
    record Claim(String host) implements ComponentEffect {}

    /** The component is connected under this name: stanzas may pass, of this size at most. */
    record Ready(String host, int elementBytes) implements ComponentEffect {}

    /** A stanza for others, or from others if we are the component. */
    record Deliver(XmlElement stanza) implements ComponentEffect {}

    /** The state lasts this long at most; replaces an earlier deadline, and {@link Duration#ZERO} takes it off. */
    record Deadline(Duration after) implements ComponentEffect {}

    /** Something harmless was ignored; for the log. */
    record Ignored(String text) implements ComponentEffect {}

    /** Flush, then close the connection; the last effect. */
    record End(StreamEnd end) implements ComponentEffect {}
}
