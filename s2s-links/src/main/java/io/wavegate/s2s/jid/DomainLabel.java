package io.wavegate.s2s.jid;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * One label. The JDK knows IDNA2003 only, XMPP asks for IDNA2008; so a label passes where both agree: letters, marks,
 * digits and hyphens that survive the older standard's mapping unchanged. That refuses the few names on which they
 * differ (sharp s, final sigma, joiners), instead of reading them as another domain.
 */
final class DomainLabel {
    static final int MAX_LABEL = 63;

    private DomainLabel() {}

    static Optional<String> prepare(String raw) {
        if (isAscii(raw)) {
            String lower = raw.toLowerCase(Locale.ROOT);
            return lower.startsWith("xn--")
                    ? fromALabel(lower)
                    : Optional.of(lower).filter(DomainLabel::isLdh);
        }
        String label = Normalizer.normalize(CodePoints.lowerCase(CodePoints.narrow(raw)), Normalizer.Form.NFC);
        if (isAscii(label)) {
            return prepare(label);
        }
        return Optional.of(label).filter(DomainLabel::isULabel);
    }

    static Optional<String> toAscii(String label) {
        if (isAscii(label)) {
            return Optional.of(label).filter(DomainLabel::isLdh);
        }
        try {
            String ascii = IDN.toASCII(label, IDN.USE_STD3_ASCII_RULES);
            return Optional.of(ascii).filter(a -> isLdh(a) && a.startsWith("xn--"));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> fromALabel(String label) {
        if (!isLdh(label)) {
            return Optional.empty();
        }
        String unicode = IDN.toUnicode(label, IDN.USE_STD3_ASCII_RULES);
        boolean faithful =
                isULabel(unicode) && toAscii(unicode).filter(label::equals).isPresent();
        return faithful ? Optional.of(unicode) : Optional.empty();
    }

    private static boolean isULabel(String label) {
        return !isAscii(label)
                && label.codePoints().allMatch(DomainLabel::isLetterDigitOrHyphen)
                && Normalizer.normalize(label, Normalizer.Form.NFKC).equals(label)
                && toAscii(label)
                        .filter(ascii ->
                                IDN.toUnicode(ascii, IDN.USE_STD3_ASCII_RULES).equals(label))
                        .isPresent();
    }

    private static boolean isLetterDigitOrHyphen(int character) {
        return switch (Character.getType(character)) {
            case Character.LOWERCASE_LETTER,
                    Character.OTHER_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.DECIMAL_DIGIT_NUMBER -> true;
            default -> character == '-';
        };
    }

    private static boolean isLdh(String label) {
        return !label.isEmpty()
                && label.length() <= MAX_LABEL
                && label.charAt(0) != '-'
                && label.charAt(label.length() - 1) != '-'
                && label.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }

    private static boolean isAscii(String label) {
        return label.chars().allMatch(c -> c < 0x80);
    }
}
