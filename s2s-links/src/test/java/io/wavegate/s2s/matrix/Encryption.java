package io.wavegate.s2s.matrix;

import java.util.Locale;

/** What a side does about TLS. */
enum Encryption {
    /** Nothing without it. */
    REQUIRED,
    /** Where the other side has it. */
    OPTIONAL,
    /** It has none. */
    NONE;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
