package io.wavegate.s2s.component;

import java.util.Map;
import java.util.function.Supplier;

/**
 * On which terms components are accepted.
 *
 * @param secrets of the names that may connect, prepared
 * @param limits of a connection
 * @param streamIds makes ids that nobody can guess and that never come twice
 */
public record AcceptingTerms(Map<String, ComponentSecret> secrets, ComponentLimits limits, Supplier<String> streamIds) {
    public AcceptingTerms {
        secrets = Map.copyOf(secrets);
    }
}
