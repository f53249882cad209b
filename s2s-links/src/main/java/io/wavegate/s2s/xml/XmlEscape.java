package io.wavegate.s2s.xml;

/**
 * Escapes so that a round trip through any XML parser is exact: carriage returns and, in attributes, all line ends and tabs
 * become character references, because parsers normalise them (XML 1.0 sections 2.11, 3.3.3). Runs without anything to
 * escape, base64 above all, are copied in one piece.
 */
final class XmlEscape {
    private XmlEscape() {}

    static void text(String value, StringBuilder out) {
        escape(value, out, false);
    }

    static void attribute(String value, StringBuilder out) {
        escape(value, out, true);
    }

    private static void escape(String value, StringBuilder out, boolean attribute) {
        int copied = 0;
        int length = value.length();
        for (int i = 0; i < length; i++) {
            char unit = value.charAt(i);
            if (unit > '>' && unit < 0xD800) {
                continue;
            }
            String replacement = replacement(unit, attribute);
            if (!replacement.isEmpty()) {
                out.append(value, copied, i).append(replacement);
                copied = i + 1;
            } else if (unit < ' ' || unit >= 0xD800) {
                i += checkCharacter(value, i);
            }
        }
        out.append(value, copied, length);
    }

    private static String replacement(char unit, boolean attribute) {
        return switch (unit) {
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '&' -> "&amp;";
            case '\r' -> "&#xD;";
            case '\'' -> attribute ? "&apos;" : "";
            case '"' -> attribute ? "&quot;" : "";
            case '\n' -> attribute ? "&#xA;" : "";
            case '\t' -> attribute ? "&#x9;" : "";
            default -> "";
        };
    }

    /** Lets only the production Char through; what is outside is a bug of whoever made the text. */
    private static int checkCharacter(String value, int index) {
        int character = value.codePointAt(index);
        boolean allowed = character == '\t'
                || character == '\n'
                || (character >= 0xE000 && character <= 0xFFFD)
                || character >= 0x10000;
        if (!allowed) {
            throw new IllegalArgumentException("U+%04X cannot be written in XML".formatted(character));
        }
        return Character.charCount(character) - 1;
    }
}
