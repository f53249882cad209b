package io.wavegate.s2s.stanza;

import java.util.Locale;
import java.util.Optional;

/** What the sender of a refused stanza should do (RFC 6120 section 8.3.2). */
public enum ErrorType {
    /** Retry after providing credentials. */
    AUTH,
    /** Do not retry. */
    CANCEL,
    /** Go on: it was only a warning. */
    CONTINUE,
    /** Retry after changing the stanza. */
    MODIFY,
    /** Retry after waiting. */
    WAIT;

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of this name, if it is one. */
    public static Optional<ErrorType> ofWire(String name) {
        for (ErrorType type : values()) {
            if (type.wire().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
