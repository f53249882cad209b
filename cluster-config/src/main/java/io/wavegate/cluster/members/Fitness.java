package io.wavegate.cluster.members;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ClusterSharding;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.pattern.Patterns;

/** Whether this node is a member that entities can be reached from. */
public final class Fitness {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Cluster cluster;
    private final ClusterSharding sharding;
    private final List<String> kinds;
    private final Supplier<List<String>> doubts;

    /**
     * @param kinds of entities, as sharding names them; started on this node, or their proxies are
     * @param doubts what makes it doubtful whether this member's cluster is the one that counts
     */
    public Fitness(ActorSystem<?> system, Set<String> kinds, Supplier<List<String>> doubts) {
        this.doubts = doubts;
        this.cluster = Cluster.get(system);
        this.sharding = ClusterSharding.get(system.classicSystem());
        this.kinds = kinds.stream().sorted().toList();
    }

    /** What keeps it from serving, in words for an operator; empty: nothing. Answers within some seconds. */
    public CompletionStage<List<String>> problems() {
        MemberStatus status = cluster.selfMember().status();
        if (!status.equals(MemberStatus.up())) {
            return CompletableFuture.completedFuture(List.of("this node is not up in its cluster but " + status));
        }
        CompletionStage<List<String>> all = CompletableFuture.completedFuture(new ArrayList<>(doubts.get()));
        for (String kind : kinds) {
            all = all.thenCombine(problem(kind), (list, one) -> {
                one.ifPresent(list::add);
                return list;
            });
        }
        return all;
    }

    private CompletionStage<Optional<String>> problem(String kind) {
        return Patterns.ask(sharding.shardRegion(kind), ShardRegion.getCurrentRegionsInstance(), PATIENCE)
                .handle((answer, failure) -> {
                    // Regions that know no coordinator name none.
                    boolean registered = answer instanceof ShardRegion.CurrentRegions regions
                            && !regions.getRegions().isEmpty();
                    return registered
                            ? Optional.empty()
                            : Optional.of("entities of the kind " + kind
                                    + " cannot be reached: no coordinator answers. It is starting elsewhere, or no node of the"
                                    + " role shard is up");
                });
    }
}
