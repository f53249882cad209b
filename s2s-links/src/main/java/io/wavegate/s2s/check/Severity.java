package io.wavegate.s2s.check;

/** How much a finding matters, ascending. */
public enum Severity {
    /** As it should be. */
    OK,
    /** Worth knowing; nothing has to be done. */
    NOTE,
    /** Works, or works for most; something should be done. */
    WARNING,
    /** Does not work. */
    ERROR
}
