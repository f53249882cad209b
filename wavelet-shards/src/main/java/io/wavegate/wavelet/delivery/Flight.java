package io.wavegate.wavelet.delivery;

/**
 * One update under way.
 *
 * @param from the version its first delta applied at
 * @param until the version after its last delta
 * @param bytes its size
 */
public record Flight(long from, long until, long bytes) {}
