package io.wavegate.persistence.journal;

/** The bounds that every name in the journal keeps, so that no store has to escape or cut one. */
final class Names {
    private static final int MAX_UTF8_BYTES = 4096;

    private Names() {}

    /** Returns the name if it is 1 to 4,096 UTF-8 bytes of well-formed text without U+0000. */
    static String checked(String what, String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException(what + " must not be empty");
        }
        int bytes = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException(what + " must not hold U+0000");
            } else if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < name.length()
                    && Character.isLowSurrogate(name.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                throw new IllegalArgumentException(what + " holds half a surrogate pair");
            }
        }
        if (bytes > MAX_UTF8_BYTES) {
            throw new IllegalArgumentException(what + " is longer than " + MAX_UTF8_BYTES + " UTF-8 bytes");
        }
        return name;
    }
}
