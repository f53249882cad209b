package io.wavegate.s2s.api;

import java.util.List;

/** What an operator may see of our own certificates. */
public interface CertificateViews {
    /** Those in use, in the order of the configuration. */
    List<CertificateView> certificates();

    /**
     * Reads the files now instead of at the next turn, as an operator asks for who has just written them: what is in order
     * is in use when this returns.
     */
    void reload();

    /** How many replacements were taken up since the start. */
    long taken();

    /** How many replacements were refused since the start, each counted once. */
    long refused();
}
