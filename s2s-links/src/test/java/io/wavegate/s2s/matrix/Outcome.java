package io.wavegate.s2s.matrix;

/**
 * How a cell ends.
 *
 * @param way whether and how a stanza is delivered
 * @param visible for a refusal, what shows it: on streams of ours the end's reason as the operator reads it, on theirs what
 *     the peer is told, or does
 * @param reason why, with its source
 */
record Outcome(Way way, String visible, String reason) {
    /** How a stanza goes. */
    enum Way {
        EXTERNAL,
        DIALBACK,
        /** By dialback and without TLS. */
        PLAINTEXT,
        REFUSED
    }

    static Outcome delivered(Way way, String reason) {
        return new Outcome(way, "", reason);
    }

    static Outcome refused(String visible, String reason) {
        return new Outcome(Way.REFUSED, visible, reason);
    }

    boolean isDelivered() {
        return way != Way.REFUSED;
    }

    /** Without the reason, to compare with what happened. */
    String shown() {
        return isDelivered() ? way.name() : way + " " + visible;
    }
}
