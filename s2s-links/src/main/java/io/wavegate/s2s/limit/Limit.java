package io.wavegate.s2s.limit;

import java.util.Locale;

/** What is limited; a closed set, for metrics and messages. */
public enum Limit {
    /** Connections accepted and open. */
    CONNECTIONS("connections", "at once"),
    /** Connections accepted in a minute. */
    ATTEMPTS("connections", "in a minute"),
    /** Connections that are neither authenticated nor given up yet, most of all TLS handshakes. */
    HANDSHAKES("connections that are being negotiated", "at once"),
    /** Bytes read in a second; who has had them waits. */
    BYTES("bytes", "in a second"),
    /** Domains being verified by dialling them back. */
    VERIFICATIONS("dialback verifications", "at once");

    private final String things;
    private final String time;

    Limit(String things, String time) {
        this.things = things;
        this.time = time;
    }

    String text(Scope scope, long allowed) {
        String whose =
                switch (scope) {
                    case ALL -> "";
                    case ADDRESS -> " from your network";
                    case DOMAIN -> " of your domain";
                };
        return "too many " + things + whose + ": " + allowed + " " + time + " are allowed; try again later";
    }

    /** For logs and metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
