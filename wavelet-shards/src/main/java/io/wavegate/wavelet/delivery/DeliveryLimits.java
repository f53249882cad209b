package io.wavegate.wavelet.delivery;

/**
 * Bounds of what is under way to one remote domain for one wavelet.
 *
 * @param updateBytes bytes of deltas in one update, at least one delta goes
 * @param windowBytes bytes under way; no update is added beyond
 * @param windowUpdates updates under way
 * @param retryMinMillis pause after the first failure, doubled with each one in a row
 * @param retryMaxMillis the longest pause
 * @param retries failures in a row after which only a new delta or the domain's return brings another try
 */
public record DeliveryLimits(
        long updateBytes, long windowBytes, int windowUpdates, long retryMinMillis, long retryMaxMillis, int retries) {
    /** The pause after so many failures in a row, at least one. */
    long pauseMillis(int failures) {
        int doublings = Math.min(failures - 1, 30);
        return Math.min(retryMaxMillis, retryMinMillis << Math.min(doublings, 20));
    }
}
