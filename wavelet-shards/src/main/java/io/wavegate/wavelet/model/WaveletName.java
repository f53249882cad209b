package io.wavegate.wavelet.model;

/**
 * Names a wavelet (spec section 11). The wavelet's domain is its host.
 *
 * @param waveDomain the domain of the wave id
 * @param waveId the local part of the wave id, for example {@code w+abc}
 * @param waveletDomain the domain of the wavelet id: the host
 * @param waveletId the local part of the wavelet id, for example {@code conv+root}
 */
public record WaveletName(String waveDomain, String waveId, String waveletDomain, String waveletId) {}
