package io.wavegate.s2s.limit;

import java.util.Locale;

/** Whom a limit is for. */
public enum Scope {
    /** Everybody together. */
    ALL,
    /** One address; a network of /64 where it is IPv6. */
    ADDRESS,
    /** One domain that has proved who it is, or in dialback one that claims to be. */
    DOMAIN;

    /** For logs and metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
