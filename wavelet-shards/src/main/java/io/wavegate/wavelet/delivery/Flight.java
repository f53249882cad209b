package io.wavegate.wavelet.delivery;

/**
 * One update under way.
 *
 * @param from the version its first delta applied at
 * @param until the version after its last delta
 * @param bytes its size
 * @param received its receipt has come, but not yet that of an earlier one
 */
public record Flight(long from, long until, long bytes, boolean received) {
    Flight asReceived() {
        return new Flight(from, until, bytes, true);
    }
}
