package io.wavegate.wavelet.ot;

/** What text, names and values may consist of (spec section 10.1). */
final class UnicodeRules {
    private UnicodeRules() {}

    static boolean hasSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** True if there is neither an unpaired surrogate nor a noncharacter. */
    static boolean isValid(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            // Everything below the surrogates is assigned or assignable.
            if (unit >= Character.MIN_SURROGATE) {
                int codePoint = text.codePointAt(i);
                if (!isValid(codePoint)) {
                    return false;
                }
                i += Character.charCount(codePoint) - 1;
            }
        }
        return true;
    }

    /** True for a Name of XML 1.0, fifth edition, section 2.3. */
    static boolean isXmlName(String name) {
        if (name.isEmpty()) {
            return false;
        }
        for (int i = 0; i < name.length(); ) {
            int codePoint = name.codePointAt(i);
            if (!isNameStart(codePoint) && (i == 0 || !isNameRest(codePoint))) {
                return false;
            }
            i += Character.charCount(codePoint);
        }
        return true;
    }

    private static boolean isValid(int codePoint) {
        boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        boolean noncharacter = (codePoint & 0xFFFE) == 0xFFFE || within(codePoint, 0xFDD0, 0xFDEF);
        return !surrogate && !noncharacter;
    }

    private static boolean isNameStart(int c) {
        if (c < 0x80) {
            return within(c, 'a', 'z') || within(c, 'A', 'Z') || c == '_' || c == ':';
        }
        return (within(c, 0xC0, 0x2FF) && c != 0xD7 && c != 0xF7)
                || (within(c, 0x370, 0x1FFF) && c != 0x37E)
                || within(c, 0x200C, 0x200D)
                || within(c, 0x2070, 0x218F)
                || within(c, 0x2C00, 0x2FEF)
                || within(c, 0x3001, 0xD7FF)
                || within(c, 0xF900, 0xFDCF)
                || within(c, 0xFDF0, 0xFFFD)
                || (within(c, 0x10000, 0xEFFFF) && isValid(c));
    }

    private static boolean isNameRest(int c) {
        return within(c, '0', '9')
                || c == '-'
                || c == '.'
                || c == 0xB7
                || within(c, 0x300, 0x36F)
                || within(c, 0x203F, 0x2040);
    }

    private static boolean within(int c, int first, int last) {
        return first <= c && c <= last;
    }
}
