package io.wavegate.load.check;

/**
 * Something that must not be.
 *
 * @param statement what it is against
 * @param wavelet of which wavelet
 * @param text what was seen, for a person
 */
public record Violation(Statement statement, String wavelet, String text) {
    @Override
    public String toString() {
        return statement + " " + wavelet + ": " + text;
    }
}
