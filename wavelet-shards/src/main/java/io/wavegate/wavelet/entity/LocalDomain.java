package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.trust.DeltaSigner;

/**
 * One of our domains.
 *
 * @param name the domain
 * @param signer signs the deltas of its users
 */
public record LocalDomain(String name, DeltaSigner signer) {}
