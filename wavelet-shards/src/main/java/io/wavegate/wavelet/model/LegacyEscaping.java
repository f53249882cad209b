package io.wavegate.wavelet.model;

/**
 * The legacy form's escaping (spec section 11): {@code ~} stands before a {@code ~}, {@code +} or {@code !} that is
 * meant literally. Nothing is ever unescaped: ids keep their escapes.
 */
final class LegacyEscaping {
    static final char SEPARATOR = '!';
    private static final String ESCAPED = "~+!";

    private LegacyEscaping() {}

    /** The index of the only separator that is not escaped; -1 if there is none, -2 if there are several. */
    static int soleSeparator(String text) {
        int found = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '~') {
                i++;
            } else if (c == SEPARATOR) {
                if (found >= 0) {
                    return -2;
                }
                found = i;
            }
        }
        return found;
    }

    /** True if each {@code ~} escapes something and no separator is bare; {@code +} may be bare. */
    static boolean isProperlyEscaped(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c == SEPARATOR) {
                return false;
            } else if (c == '~') {
                i++;
                if (i == id.length() || ESCAPED.indexOf(id.charAt(i)) < 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
