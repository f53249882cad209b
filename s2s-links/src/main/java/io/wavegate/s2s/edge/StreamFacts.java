package io.wavegate.s2s.edge;

import io.wavegate.s2s.stream.DomainPair;

/**
 * A stream as an edge describes it to an entity.
 *
 * @param stream its number at that edge, which no other stream of the edge ever has
 * @param acknowledged whether losses on it show by themselves (XEP-0198)
 * @param silentMillis for how long nothing has come on it
 * @param lastBatch the last batch that was taken on for it
 */
public record StreamFacts(long stream, DomainPair pair, boolean acknowledged, long silentMillis, long lastBatch) {}
