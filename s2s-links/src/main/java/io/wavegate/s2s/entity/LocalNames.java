package io.wavegate.s2s.entity;

import io.wavegate.s2s.component.ComponentsSettings;
import io.wavegate.s2s.stream.DomainPair;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The names under which we are addressed: each of our domains, its {@code wave.} name, which is the same service, and the
 * names under which we are components of other servers. Names of components that connect to us are theirs, not ours.
 */
final class LocalNames {
    private final Set<String> domains;
    private final ComponentsSettings components;

    LocalNames(Set<String> domains, ComponentsSettings components) {
        this.domains = Set.copyOf(domains);
        this.components = components;
    }

    /** Our domain behind a name, if it is one of ours. */
    Optional<String> domainOf(String name) {
        if (isComponent(name)) {
            return Optional.empty();
        } else if (domains.contains(name)) {
            return Optional.of(name);
        }
        ComponentsSettings.Connected connected = components.connect().get(name);
        String behind = connected != null
                ? connected.domain()
                : name.startsWith("wave.") ? name.substring("wave.".length()) : "";
        return Optional.of(behind).filter(domains::contains);
    }

    /** The name under which a domain of ours speaks: as a component of another server it has only that one. */
    String addressOf(String domain) {
        return components.connect().entrySet().stream()
                .filter(entry -> entry.getValue().domain().equals(domain))
                .map(entry -> entry.getKey())
                .findFirst()
                .orElse(domain);
    }

    /** Whether this is the name of a component that may connect to us. */
    boolean isComponent(String name) {
        return components.accept().containsKey(name);
    }

    /** The link that takes what comes for a pair of names; empty if the local one is none of our domain's. */
    Optional<DomainPair> linkOf(DomainPair pair) {
        return domainOf(pair.local()).map(domain -> new DomainPair(domain, ForeignServices.home(pair.remote())));
    }

    /** Whether what passes for a pair of names is a link's, which uses these services beside the names of its domain. */
    boolean carries(DomainPair link, List<String> services, DomainPair pair) {
        return isComponent(link.local())
                ? pair.equals(link)
                : linkOf(pair).filter(link::equals).isPresent()
                        || (services.contains(pair.remote())
                                && domainOf(pair.local())
                                        .filter(link.local()::equals)
                                        .isPresent());
    }

    /** Components below a name, connected or not, in order: what its disco#items lists. */
    List<String> componentsOf(String name) {
        return components.accept().keySet().stream()
                .filter(component -> component.endsWith("." + name))
                .sorted()
                .toList();
    }
}
