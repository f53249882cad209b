package io.wavegate.s2s.federation;

import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.xml.XmlElement;

/** What a stanza from another domain is. */
public sealed interface Incoming {
    /** A request to answer; {@code addresses} are those of the answer. */
    record Request(Addresses addresses, FederationRequest request) implements Incoming {}

    /**
     * An answer to something that we asked: a result, an error or a receipt.
     *
     * @param id what it answers
     */
    record Answer(String id, XmlElement stanza) implements Incoming {}

    /** Not acceptable; {@code reply} says so. */
    record Refused(XmlElement reply) implements Incoming {}

    /** To be dropped without an answer. */
    record Ignored(String why) implements Incoming {}
}
