package io.wavegate.s2s.xml;

/** Namespaces that the streams themselves use. */
public final class Xmlns {
    public static final String XML = "http://www.w3.org/XML/1998/namespace";
    public static final String STREAM = "http://etherx.jabber.org/streams";
    public static final String SERVER = "jabber:server";
    public static final String DIALBACK = "jabber:server:dialback";
    public static final String DIALBACK_FEATURE = "urn:xmpp:features:dialback";
    public static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";
    public static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    public static final String STREAM_ERRORS = "urn:ietf:params:xml:ns:xmpp-streams";
    public static final String STANZA_ERRORS = "urn:ietf:params:xml:ns:xmpp-stanzas";

    private Xmlns() {}
}
