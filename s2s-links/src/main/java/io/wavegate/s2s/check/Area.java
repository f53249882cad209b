package io.wavegate.s2s.check;

/** What a check is about; in the order in which a stanza meets it. */
public enum Area {
    DNS("Finding the servers"),
    CONNECT("Reaching them"),
    TLS("TLS and certificates"),
    STREAM("XMPP streams"),
    AUTHENTICATION("Proving who is who"),
    WAVE("The wave service"),
    SIGNER("Signatures of deltas"),
    PUBLISH("Records to publish");

    private final String title;

    Area(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }
}
