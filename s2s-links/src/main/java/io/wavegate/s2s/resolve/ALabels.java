package io.wavegate.s2s.resolve;

import java.util.Locale;

/**
 * The form of a domain that DNS and certificates use. The domain is prepared already (RFC 7622: NFC, lower case,
 * IDNA2008), so all that is left is Punycode (RFC 3492). {@link java.net.IDN} would map by IDNA2003, where two different
 * domains become one.
 */
public final class ALabels {
    private static final int BASE = 36;
    private static final int TMIN = 1;
    private static final int TMAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 128;

    private ALabels() {}

    /**
     * @param domain prepared, without a final dot
     * @return the same domain in A-labels, lower case
     */
    public static String of(String domain) {
        if (domain.chars().allMatch(c -> c < INITIAL_N)) {
            return domain.toLowerCase(Locale.ROOT);
        }
        StringBuilder ascii = new StringBuilder();
        for (String label : domain.split("\\.", -1)) {
            if (ascii.length() > 0) {
                ascii.append('.');
            }
            boolean plain = label.chars().allMatch(c -> c < INITIAL_N);
            ascii.append(plain ? label.toLowerCase(Locale.ROOT) : "xn--" + punycode(label));
        }
        return ascii.toString();
    }

    /** RFC 3492 section 6.3. */
    private static String punycode(String label) {
        int[] input = label.codePoints().toArray();
        StringBuilder output = new StringBuilder();
        for (int c : input) {
            if (c < INITIAL_N) {
                output.append((char) c);
            }
        }
        int basic = output.length();
        if (basic > 0) {
            output.append('-');
        }
        int n = INITIAL_N;
        int delta = 0;
        int bias = INITIAL_BIAS;
        int handled = basic;
        while (handled < input.length) {
            int next = smallestFrom(input, n);
            delta += (next - n) * (handled + 1);
            n = next;
            for (int c : input) {
                if (c < n) {
                    delta++;
                } else if (c == n) {
                    appendInteger(output, delta, bias);
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            n++;
        }
        return output.toString();
    }

    private static int smallestFrom(int[] input, int n) {
        int smallest = Integer.MAX_VALUE;
        for (int c : input) {
            if (c >= n && c < smallest) {
                smallest = c;
            }
        }
        return smallest;
    }

    private static void appendInteger(StringBuilder output, int value, int bias) {
        int rest = value;
        for (int k = BASE; ; k += BASE) {
            int threshold = Math.max(TMIN, Math.min(TMAX, k - bias));
            if (rest < threshold) {
                output.append(digit(rest));
                return;
            }
            output.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int adapt(int delta, int points, boolean first) {
        int rest = first ? delta / DAMP : delta / 2;
        rest += rest / points;
        int k = 0;
        while (rest > (BASE - TMIN) * TMAX / 2) {
            rest /= BASE - TMIN;
            k += BASE;
        }
        return k + (BASE - TMIN + 1) * rest / (rest + SKEW);
    }
}
