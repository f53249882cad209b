package io.wavegate.s2s.entity;

/** Marks what may travel between nodes: serialized as CBOR, read by every later version (see {@code reference.conf}). */
interface LinkMessage {}
