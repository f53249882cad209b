package io.wavegate.s2s.component;

import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Takes stanzas from connections. The stages complete when the stanzas are taken over, and never fail. */
public interface ComponentReceiver {
    /** From a component that is connected to us; each sender is under its name. */
    CompletionStage<Void> fromComponent(String host, List<XmlElement> stanzas);

    /** From the server whose component of this name we are; nothing about the addresses was checked. */
    CompletionStage<Void> fromServer(String host, List<XmlElement> stanzas);

    /** We are connected, for the first time or again, as the component of this name. */
    void connected(String host);
}
