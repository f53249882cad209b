package io.wavegate.s2s.stream;

import java.util.Set;
import java.util.function.Supplier;

/**
 * What a receiving stream goes by.
 *
 * @param domains ours, prepared, the main one first
 * @param policies for remote domains
 * @param timeouts the deadlines
 * @param limits the bounds
 * @param extensions what we offer
 * @param key recognises our own dialback keys
 * @param streamIds a fresh unpredictable id at each call: dialback rests on it
 */
public record ReceivingTerms(
        Set<String> domains,
        StreamPolicies policies,
        StreamTimeouts timeouts,
        StreamLimits limits,
        StreamExtensions extensions,
        DialbackKey key,
        Supplier<String> streamIds) {
    String mainDomain() {
        return domains.iterator().next();
    }

    boolean serves(String domain) {
        return domains.contains(domain);
    }
}
