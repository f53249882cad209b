package io.wavegate.s2s.jid;

import java.text.Normalizer;

/** Mappings per code point: the JDK's for strings depend on locale and context (Turkish i, final sigma). */
final class CodePoints {
    private CodePoints() {}

    static String lowerCase(String value) {
        StringBuilder mapped = new StringBuilder(value.length());
        value.codePoints().forEach(c -> mapped.appendCodePoint(Character.toLowerCase(c)));
        return mapped.toString();
    }

    /** Fullwidth and halfwidth forms to their ordinary ones (RFC 8265 section 3.3.1), nothing else of NFKC. */
    static String narrow(String value) {
        StringBuilder mapped = new StringBuilder(value.length());
        value.codePoints().forEach(c -> {
            if (c >= 0xFF01 && c <= 0xFFEE) {
                mapped.append(Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC));
            } else {
                mapped.appendCodePoint(c);
            }
        });
        return mapped.toString();
    }
}
