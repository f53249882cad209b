package io.wavegate.s2s.stream;

import java.util.Set;

/**
 * What an initiating stream goes by.
 *
 * @param domains ours, prepared
 * @param policy for the remote domain
 * @param timeouts the deadlines
 * @param limits the bounds
 * @param extensions what we use where it is offered
 * @param key makes our dialback keys, and recognises them
 */
public record InitiatingTerms(
        Set<String> domains,
        StreamPolicy policy,
        StreamTimeouts timeouts,
        StreamLimits limits,
        StreamExtensions extensions,
        DialbackKey key) {}
