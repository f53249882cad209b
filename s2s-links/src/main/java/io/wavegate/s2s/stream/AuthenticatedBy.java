package io.wavegate.s2s.stream;

/** How a pair of domains was authenticated to the receiving side. */
public enum AuthenticatedBy {
    SASL_EXTERNAL,
    /** {@code db:result}, whichever way the receiving side came to believe it (XEP-0220, XEP-0344). */
    DIALBACK
}
