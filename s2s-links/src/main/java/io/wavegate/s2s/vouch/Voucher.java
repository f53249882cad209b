package io.wavegate.s2s.vouch;

/**
 * Who vouched for a domain when a stream of it was authenticated.
 *
 * @param name the authority's distinguished name, or with {@link Kind#KEY} what the certificate calls itself; at most
 *     {@link #MAX_NAME} characters, none of them a control character
 * @param key SHA-256 of the public key of that authority, or of the certificate itself, hexadecimal
 */
public record Voucher(Kind kind, String name, String key) {
    /** Names come from strangers and are kept. */
    public static final int MAX_NAME = 200;

    private static final int SHOWN_KEY = 16;

    /** What the certificate is worth. */
    public enum Kind {
        /** An authority trusted here says that it is the domain's. */
        AUTHORITY,
        /** An authority trusted here says that it is somebody else's, a hosting company's for instance. */
        AUTHORITY_OF_ANOTHER_NAME,
        /** Nobody trusted here says anything: all there is to recognise it by is its key. */
        KEY
    }

    public Voucher {
        name = printable(name);
    }

    /** For operators. */
    public String text() {
        String shown = key.substring(0, Math.min(SHOWN_KEY, key.length()));
        return switch (kind) {
            case AUTHORITY -> name + " (key " + shown + ")";
            case AUTHORITY_OF_ANOTHER_NAME -> name + " (key " + shown + "), under another name";
            case KEY -> "no authority trusted here; it calls itself " + name + " (key " + shown + ")";
        };
    }

    private static String printable(String name) {
        StringBuilder clean = new StringBuilder();
        name.codePoints()
                .limit(MAX_NAME)
                .map(point -> Character.isISOControl(point) || isSurrogate(point) ? '?' : point)
                .forEach(point -> {
                    if (clean.length() + Character.charCount(point) <= MAX_NAME) {
                        clean.appendCodePoint(point);
                    }
                });
        return clean.toString();
    }

    private static boolean isSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
