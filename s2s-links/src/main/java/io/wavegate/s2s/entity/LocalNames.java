package io.wavegate.s2s.entity;

import java.util.Optional;
import java.util.Set;

/** The names under which we are addressed: each of our domains, and its {@code wave.} name, which is the same service. */
final class LocalNames {
    private final Set<String> domains;

    LocalNames(Set<String> domains) {
        this.domains = Set.copyOf(domains);
    }

    /** Our domain behind a name, if it is one of ours. */
    Optional<String> domainOf(String name) {
        if (domains.contains(name)) {
            return Optional.of(name);
        }
        return name.startsWith("wave.")
                ? Optional.of(name.substring("wave.".length())).filter(domains::contains)
                : Optional.empty();
    }
}
