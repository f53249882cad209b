package io.wavegate.s2s.link;

import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.Optional;

/**
 * Something to ask of the remote domain's wave service, to be answered.
 *
 * @param form the stanza it goes in
 * @param payload children of the stanza
 * @param preamble the payload of an IQ {@code set} that must have been answered first: a signer to post before a submit
 *     (spec 3.4). Equal preambles are sent once for as long as the service stays reachable
 * @param bytes about how large the stanza is, for the link's bound of what is under way
 */
public record OutboundRequest(Form form, List<XmlElement> payload, Optional<XmlElement> preamble, long bytes) {
    public OutboundRequest {
        payload = List.copyOf(payload);
    }

    /** Forms of stanzas. */
    public enum Form {
        /** Answered by a result. */
        IQ_GET,
        /** Answered by a result. */
        IQ_SET,
        /** Answered by a receipt. */
        MESSAGE
    }
}
