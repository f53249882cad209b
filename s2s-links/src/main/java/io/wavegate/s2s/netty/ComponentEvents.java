package io.wavegate.s2s.netty;

import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;

/** What a connection with a component, or as one, tells its owner; on its event loop. */
interface ComponentEvents {
    /** Takes the name for the connection, if it is free. */
    boolean claim(String host, ComponentHandler connection);

    /** Stanzas may pass. */
    void ready(String host, ComponentHandler connection);

    /** Never fails. */
    StanzaReceiver.Reception received(String host, List<XmlElement> stanzas);

    /** The connection has ended. */
    void ended(ComponentHandler connection, StreamEnd end);
}
