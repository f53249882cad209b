package io.wavegate.s2s.stanza;

/** XML namespaces of stanzas and of what Wave puts into them (spec section 1). */
public final class Namespaces {
    /** Stanzas between servers (RFC 6120 section 4.8.2). */
    public static final String SERVER = "jabber:server";

    /** Stanza error conditions (RFC 6120 section 8.3). */
    public static final String STANZA_ERRORS = "urn:ietf:params:xml:ns:xmpp-stanzas";

    /** {@code xml:lang}. */
    public static final String XML = "http://www.w3.org/XML/1998/namespace";

    /** The Wave federation protocol; there is no other version on the wire. */
    public static final String WAVE = "http://waveprotocol.org/protocol/0.2/waveserver";

    /** XEP-0060. */
    public static final String PUBSUB = "http://jabber.org/protocol/pubsub";

    /** XEP-0060, events. */
    public static final String PUBSUB_EVENT = "http://jabber.org/protocol/pubsub#event";

    /** XEP-0030, information. */
    public static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";

    /** XEP-0030, items. */
    public static final String DISCO_ITEMS = "http://jabber.org/protocol/disco#items";

    /** XEP-0184. */
    public static final String RECEIPTS = "urn:xmpp:receipts";

    /** XEP-0199. */
    public static final String PING = "urn:xmpp:ping";

    private Namespaces() {}
}
