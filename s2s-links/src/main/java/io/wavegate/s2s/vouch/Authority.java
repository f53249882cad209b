package io.wavegate.s2s.vouch;

/**
 * An authority that is trusted here: where the path of a certificate ended. It stays the same while intermediates come and
 * go.
 *
 * @param name its distinguished name
 * @param key SHA-256 of its public key, hexadecimal
 */
public record Authority(String name, String key) {}
