package io.wavegate.s2s.xml;

/** Namespaces that the streams themselves use. */
public final class Xmlns {
    public static final String XML = "http://www.w3.org/XML/1998/namespace";
    public static final String STREAM = "http://etherx.jabber.org/streams";
    public static final String SERVER = "jabber:server";
    public static final String COMPONENT = "jabber:component:accept";
    public static final String DIALBACK = "jabber:server:dialback";
    public static final String DIALBACK_FEATURE = "urn:xmpp:features:dialback";
    public static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";
    public static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    public static final String STREAM_ERRORS = "urn:ietf:params:xml:ns:xmpp-streams";
    public static final String STANZA_ERRORS = "urn:ietf:params:xml:ns:xmpp-stanzas";

    /** XEP-0198. */
    public static final String ACKS = "urn:xmpp:sm:3";

    /** XEP-0288, the request. */
    public static final String BIDI = "urn:xmpp:bidi";

    /** XEP-0288, the offer. */
    public static final String BIDI_FEATURE = "urn:xmpp:features:bidi";

    /** XEP-0478. */
    public static final String LIMITS = "urn:xmpp:stream-limits:0";

    private Xmlns() {}
}
