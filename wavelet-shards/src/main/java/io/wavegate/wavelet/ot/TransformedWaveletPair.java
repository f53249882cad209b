package io.wavegate.wavelet.ot;

import io.wavegate.wavelet.model.WaveletOperation;

/**
 * Both wavelet operations of a pair, transformed.
 *
 * @param client applies after the server's original operation
 * @param server applies after the client's original operation
 */
public record TransformedWaveletPair(WaveletOperation client, WaveletOperation server) {}
