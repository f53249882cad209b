package io.wavegate.s2s.entity;

/** Marks what passes between edges and entities, which may be of neighbouring releases: written by {@link EdgeSerializer}. */
interface EdgeWire extends LinkMessage {}
