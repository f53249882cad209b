package io.wavegate.s2s.matrix;

import java.util.Locale;

/** How a side wants the other domain proved. */
enum Proof {
    /** By a certificate, in both directions. */
    CERTIFICATE,
    /** By a certificate where it is good, else otherwise. */
    EITHER,
    /** Never by a certificate. */
    DIALBACK;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
