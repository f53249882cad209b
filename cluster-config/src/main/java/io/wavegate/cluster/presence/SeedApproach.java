package io.wavegate.cluster.presence;

import io.wavegate.cluster.settings.ClusterSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;

/**
 * By a list of seed nodes. Pekko has the first of it form a cluster if no other answers in time; here it is first of the list
 * that Pekko sees only when the store knows of no living cluster.
 */
final class SeedApproach implements Approach {
    /** Pekko asks again after its seed-node-timeout only, which is long. */
    private static final Duration AGAIN = Duration.ofSeconds(3);

    private final ActorSystem<?> system;
    private final List<String> seeds;
    private final boolean first;
    private final String self;
    private Set<String> asked = Set.of();
    private Optional<Long> askedAt = Optional.empty();

    SeedApproach(ActorSystem<?> system, ClusterSettings settings) {
        this.system = system;
        this.seeds = settings.seedNodes();
        this.first = settings.isFirstSeed();
        this.self = settings.host() + ":" + settings.port();
    }

    @Override
    public boolean isToFound() {
        return first;
    }

    @Override
    public void found() {
        join(seeds);
    }

    @Override
    public void look(Set<String> nodes, long nowNanos) {
        Set<String> others = new LinkedHashSet<>(seeds);
        others.addAll(nodes);
        others.remove(self);
        boolean due = askedAt.isEmpty() || nowNanos - askedAt.get() >= AGAIN.toNanos();
        if (!others.isEmpty() && (due || !others.equals(asked))) {
            asked = others;
            askedAt = Optional.of(nowNanos);
            join(new ArrayList<>(others));
        }
    }

    private void join(List<String> nodes) {
        Cluster.get(system)
                .manager()
                .tell(new JoinSeedNodes(nodes.stream()
                        .map(node -> AddressFromURIString.parse("pekko://" + system.name() + "@" + node))
                        .toList()));
    }
}
