package io.wavegate.s2s.conformance;

/** Decisions by which our stanzas differ from the reference's; see {@code docs/decisions.md}. */
final class StanzaDecisions {
    /** Where the reference says nothing at all (spec 9.4), we answer bad-request. */
    static final String ANSWER_INSTEAD_OF_SILENCE = "D-30";

    /** Messages without any content, or with base64 that is none, are refused; the reference sends a receipt. */
    static final String NO_RECEIPT_FOR_NOTHING = "D-31";

    /** Every wavelet-update counts, not only the first of each item. */
    static final String EVERY_UPDATE = "D-32";

    /**
     * XEP-0199 ping is answered; other requests, and those to addresses that are none, get service-unavailable as RFC 6120
     * asks, not bad-request or an answer.
     */
    static final String OTHER_REQUESTS = "D-33";

    private StanzaDecisions() {}
}
