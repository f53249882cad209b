package io.wavegate.s2s.stream;

import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Takes stanzas (message, presence, iq in {@code jabber:server}) that arrived on authenticated streams, after addressing
 * was checked: {@code from}'s domain is {@code pair.remote()}, {@code to}'s is {@code pair.local()}.
 */
public interface StanzaReceiver {
    /**
     * @return completes when the stanzas are taken over; the stream stops reading while too much is not. Never fails
     */
    CompletionStage<Void> received(DomainPair pair, List<XmlElement> stanzas);
}
