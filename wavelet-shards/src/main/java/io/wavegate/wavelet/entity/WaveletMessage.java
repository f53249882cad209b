package io.wavegate.wavelet.entity;

/** Marks what may travel between nodes: serialized as CBOR, read by every later version (see {@code reference.conf}). */
public interface WaveletMessage {}
