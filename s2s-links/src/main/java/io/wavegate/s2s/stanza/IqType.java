package io.wavegate.s2s.stanza;

import java.util.Locale;
import java.util.Optional;

/** Types of IQ stanzas (RFC 6120 section 8.2.3). */
public enum IqType {
    GET,
    SET,
    RESULT,
    ERROR;

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it answers one of the other two. */
    public boolean isAnswer() {
        return this == RESULT || this == ERROR;
    }

    /** The type of this name, if it is one. */
    public static Optional<IqType> ofWire(String name) {
        for (IqType type : values()) {
            if (type.wire().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
