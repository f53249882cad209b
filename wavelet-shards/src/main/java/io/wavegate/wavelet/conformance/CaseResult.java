package io.wavegate.wavelet.conformance;

/** What one case of a vector file showed. */
public sealed interface CaseResult {
    /** We compute what the reference computed. */
    record Passed() implements CaseResult {
        public static final Passed INSTANCE = new Passed();
    }

    /**
     * We compute something else, and nobody decided so.
     *
     * @param detail expected and actual, short
     */
    record Failed(String detail) implements CaseResult {}

    /**
     * We compute something else on purpose.
     *
     * @param decisionId which decision says so, for example {@code D-07}; see {@code docs/decisions.md}
     * @param detail expected and actual, short
     */
    record DiffersByDecision(String decisionId, String detail) implements CaseResult {}

    /**
     * The case could not be compared.
     *
     * @param why what is missing
     */
    record NotJudged(String why) implements CaseResult {}

    static CaseResult passed() {
        return Passed.INSTANCE;
    }

    /** Passed if both are equal, else failed with both in the detail. */
    static CaseResult equal(String what, Object expected, Object actual) {
        return expected.equals(actual)
                ? passed()
                : new Failed(what + ": expected " + shorten(expected) + ", got " + shorten(actual));
    }

    private static String shorten(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 300 ? text : text.substring(0, 300) + "… (" + text.length() + " characters)";
    }
}
