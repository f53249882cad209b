package io.wavegate.wavelet.delivery;

/**
 * The deltas that an update should carry now.
 *
 * @param from the version the first applied at
 * @param until at most up to this version
 * @param maxBytes about how many bytes of them
 */
public record NextUpdate(long from, long until, long maxBytes) {}
