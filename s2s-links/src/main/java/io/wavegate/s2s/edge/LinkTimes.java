package io.wavegate.s2s.edge;

/**
 * How long the entity of a link waits for edges.
 *
 * @param findMillis for edges to say which streams of the link they have, before others are opened
 * @param resendMillis for an answer, before something is said again
 * @param openMillis for an edge that could open a stream, before the attempt has failed
 * @param spreadMillis within which the links of an edge that was lost dial again, each at a moment of its own
 */
public record LinkTimes(long findMillis, long resendMillis, long openMillis, long spreadMillis) {}
