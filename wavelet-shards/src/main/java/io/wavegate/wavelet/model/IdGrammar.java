package io.wavegate.wavelet.model;

/** The modern grammar of wave ids' and wavelet ids' local parts (spec section 11). */
final class IdGrammar {
    /**
     * A bound of ours, in UTF-16 code units: ids become keys of stores and names of entities. The reference has none;
     * generated ids have about 20.
     */
    static final int MAX_LENGTH = 1024;

    private IdGrammar() {}

    static boolean isValid(String id) {
        // Unpaired surrogates come out of codePoints() as themselves and are in no range below.
        return !id.isEmpty() && id.length() <= MAX_LENGTH && id.codePoints().allMatch(IdGrammar::isAllowed);
    }

    private static boolean isAllowed(int c) {
        if (c < 0x80) {
            return (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || (c >= '0' && c <= '9')
                    || "-._~+*@".indexOf(c) >= 0;
        }
        return isUcschar(c);
    }

    // ucschar of RFC 3987 §2.2. Private use, noncharacters and most of plane 14's controls are out.
    private static boolean isUcschar(int c) {
        if (c < 0x10000) {
            return (c >= 0xA0 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFDCF) || (c >= 0xFDF0 && c <= 0xFFEF);
        }
        return c <= 0xEFFFD && (c & 0xFFFF) <= 0xFFFD && (c < 0xE0000 || c >= 0xE1000);
    }
}
