package io.wavegate.wavelet.model;

/** The grammar of domains in Wave names (spec section 11). */
public final class DomainName {
    /** A domain's greatest length in characters. */
    public static final int MAX_LENGTH = 253;

    private DomainName() {}

    /**
     * True for labels of {@code a-z 0-9 -} that neither begin nor end with a hyphen, joined by single dots, 1 to 253
     * characters in all. A single label and digits only are allowed; labels have no length limit of their own.
     */
    public static boolean isValid(String domain) {
        if (domain.isEmpty() || domain.length() > MAX_LENGTH) {
            return false;
        }
        char previous = '.';
        for (int i = 0; i < domain.length(); i++) {
            char c = domain.charAt(i);
            boolean fits =
                    switch (c) {
                        case '.' -> previous != '.' && previous != '-';
                        case '-' -> previous != '.';
                        default -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
                    };
            if (!fits) {
                return false;
            }
            previous = c;
        }
        return previous != '.' && previous != '-';
    }
}
