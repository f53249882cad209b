package io.wavegate.s2s.component;

import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.XmlEvent;

/** What can happen to a connection with a component or with a component's server. */
public sealed interface ComponentInput {
    /** Something was read. */
    record Received(XmlEvent event) implements ComponentInput {}

    /** The answer to {@link ComponentEffect.Claim}: whether the name was free. */
    record Claimed(boolean free) implements ComponentInput {}

    /** The deadline of the state has passed. */
    record TimedOut() implements ComponentInput {}

    /** The connection is gone. */
    record Disconnected(String text) implements ComponentInput {}

    /** We want the stream to end, for this reason. */
    record Close(StreamEnd end) implements ComponentInput {}
}
