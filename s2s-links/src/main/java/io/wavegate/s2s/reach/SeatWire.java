package io.wavegate.s2s.reach;

/** Marks what passes between nodes and the seats of components: written by the serializer of edges. */
public interface SeatWire {}
