package io.wavegate.s2s.link;

import io.wavegate.s2s.federation.DiscoverySettings;
import java.time.Duration;

/**
 * Times and bounds of a link; see {@code wavegate.s2s.links} in {@code reference.conf}.
 *
 * @param answerTimeout how long an answer is waited for (spec 9.1), waiting for discovery and stream included
 * @param maxUnderWay how many requests may be unanswered
 * @param maxBytesUnderWay how large they may be together
 * @param maxReplies how many answers of ours may wait for a stream; more are dropped
 * @param maxBatch how many stanzas go into one flush
 * @param retryBase the first retry comes within this
 * @param retryMax retries are at most this far apart
 * @param idleTimeout a stream that carried nothing for so long is closed
 * @param trustIdleFor a stream idle for longer is checked before it carries more, unless it acknowledges
 * @param checkTimeout how long the answer to the check is waited for
 * @param discovery discovery's own
 */
public record LinkSettings(
        Duration answerTimeout,
        int maxUnderWay,
        long maxBytesUnderWay,
        int maxReplies,
        int maxBatch,
        Duration retryBase,
        Duration retryMax,
        Duration idleTimeout,
        Duration trustIdleFor,
        Duration checkTimeout,
        DiscoverySettings discovery) {
    public LinkSettings {
        if (maxUnderWay < 1 || maxBytesUnderWay < 1 || maxReplies < 1 || maxBatch < 1) {
            throw new IllegalArgumentException("Bounds of a link must be at least 1.");
        }
        if (retryBase.toMillis() < 1 || retryMax.compareTo(retryBase) < 0) {
            throw new IllegalArgumentException("The longest retry interval must not be shorter than the first.");
        }
    }
}
