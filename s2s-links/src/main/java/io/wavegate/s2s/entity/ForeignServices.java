package io.wavegate.s2s.entity;

import io.wavegate.s2s.stream.DomainPair;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which link an answer belongs to. A domain that answers under its own name or its {@code wave.} name belongs to the link
 * of that domain. Under any other name it may serve several domains; then the id says which, if a node of ours made it for that
 * link, or a link of this node talks to that name: a stranger's answer must not create links.
 */
final class ForeignServices {
    private static final String WAVE = "wave.";

    private record Use(DomainPair link, String service) {}

    private final LinkIds ids;
    private final Set<Use> uses = ConcurrentHashMap.newKeySet();

    ForeignServices(LinkIds ids) {
        this.ids = ids;
    }

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

    /** The remote domain of the link that an answer from {@code sender} with this id belongs to. */
    String route(String local, String sender, String id) {
        return ids.remoteOf(local, id).or(() -> used(local, sender, id)).orElse(home(sender));
    }

    /** Nodes of the release before make ids without a proof. */
    private Optional<String> used(String local, String sender, String id) {
        int dot = id.indexOf('.');
        String claimed = dot < 0 ? "" : id.substring(dot + 1);
        return Optional.of(claimed).filter(remote -> uses.contains(new Use(new DomainPair(local, remote), sender)));
    }
}
