package io.wavegate.s2s.entity;

import io.wavegate.s2s.stream.DomainPair;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which link an answer belongs to. A domain that answers under its own name or its {@code wave.} name belongs to the link
 * of that domain. Under any other name it may serve several domains; then the id that we made says which, and is believed
 * only if a link of this node really talks to that name: a stranger's answer must not create links.
 */
final class ForeignServices {
    private static final String WAVE = "wave.";

    private record Use(DomainPair link, String service) {}

    private final Set<Use> uses = ConcurrentHashMap.newKeySet();

    /** The domain to whose link a name belongs unless an id says otherwise. */
    static String home(String name) {
        boolean wave = name.startsWith(WAVE) && name.indexOf('.', WAVE.length()) > 0;
        return wave ? name.substring(WAVE.length()) : name;
    }

    /** The names that a link uses beside those of its domain. */
    List<String> usedBy(DomainPair link) {
        return uses.stream()
                .filter(use -> use.link().equals(link))
                .map(Use::service)
                .toList();
    }

    void use(DomainPair link, String service) {
        if (!home(service).equals(link.remote())) {
            uses.add(new Use(link, service));
        }
    }

    void forget(DomainPair link) {
        uses.removeIf(use -> use.link().equals(link));
    }

    /** An id for a stanza of a link. */
    static String id(String random, String remoteDomain) {
        return random + "." + remoteDomain;
    }

    /** The remote domain of the link that an answer from {@code sender} with this id belongs to. */
    String route(String local, String sender, String id) {
        int dot = id.indexOf('.');
        String claimed = dot < 0 ? "" : id.substring(dot + 1);
        boolean used = uses.contains(new Use(new DomainPair(local, claimed), sender));
        return Optional.of(claimed).filter(domain -> used).orElse(home(sender));
    }
}
