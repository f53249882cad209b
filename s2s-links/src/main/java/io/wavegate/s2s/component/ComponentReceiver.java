package io.wavegate.s2s.component;

import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;

/** Takes stanzas from connections, and hears of these. What it returns never fails. */
public interface ComponentReceiver {
    /** From a component that is connected to us; each sender is under its name. */
    StanzaReceiver.Reception fromComponent(String host, List<XmlElement> stanzas);

    /** From the server whose component of this name we are; nothing about the addresses was checked. */
    StanzaReceiver.Reception fromServer(String host, List<XmlElement> stanzas);

    /** Whether a component may connect that has no connection to this node and knows the secret. */
    boolean mayConnect(String host);

    /** A component is connected to us. */
    void accepted(ComponentStream connection);

    /** We are connected, for the first time or again, as the component of this name. */
    void connected(ComponentStream connection);
}
