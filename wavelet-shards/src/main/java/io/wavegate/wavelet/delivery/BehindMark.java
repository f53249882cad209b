package io.wavegate.wavelet.delivery;

/**
 * Whether the wavelet stands in the durable set of those that the domain is behind on. The set may hold too much, never
 * too little: what is not surely present is added with the next append, what is not surely absent is removed in the end.
 */
public enum BehindMark {
    ABSENT,
    UNKNOWN,
    PRESENT
}
