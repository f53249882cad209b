package io.wavegate.cluster.members;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.sharding.ClusterSharding;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.ClusterCommand;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Leave;
import org.apache.pekko.pattern.Patterns;
import scala.jdk.javaapi.DurationConverters;

/** The members of the cluster that an actor system is in. */
public final class PekkoMembers implements ClusterOperations {
    private static final Duration COORDINATOR_ANSWERS = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final ClusterSharding sharding;
    private final Set<String> kinds;

    /** @param kinds of entities, as sharding names them; started on this node, or their proxies are */
    public PekkoMembers(ActorSystem<?> system, Set<String> kinds) {
        this.cluster = Cluster.get(system);
        this.sharding = ClusterSharding.get(system.classicSystem());
        this.kinds = Set.copyOf(kinds);
    }

    @Override
    public CompletionStage<List<MemberView>> members() {
        CompletionStage<Map<String, Map<Address, Map<String, Integer>>>> places =
                CompletableFuture.completedFuture(new HashMap<>());
        for (String kind : kinds) {
            places = places.thenCombine(places(kind), (all, one) -> {
                one.ifPresent(found -> all.put(kind, found));
                return all;
            });
        }
        return places.thenApply(this::views);
    }

    private CompletionStage<Optional<Map<Address, Map<String, Integer>>>> places(String kind) {
        return Patterns.ask(
                        sharding.shardRegion(kind),
                        new ShardRegion.GetClusterShardingStats(DurationConverters.toScala(COORDINATOR_ANSWERS)),
                        PATIENCE)
                .handle((answer, failure) -> answer instanceof ShardRegion.ClusterShardingStats stats
                        ? Optional.of(counts(stats))
                        : Optional.empty());
    }

    private static Map<Address, Map<String, Integer>> counts(ShardRegion.ClusterShardingStats stats) {
        Map<Address, Map<String, Integer>> counts = new HashMap<>();
        stats.getRegions().forEach((address, region) -> {
            Map<String, Integer> shards = new HashMap<>();
            region.getStats().forEach((shard, entities) -> shards.put(shard, ((Number) entities).intValue()));
            counts.put(address, shards);
        });
        return counts;
    }

    private List<MemberView> views(Map<String, Map<Address, Map<String, Integer>>> places) {
        CurrentClusterState state = cluster.state();
        List<Member> members = new ArrayList<>();
        state.getMembers().forEach(members::add);
        members.sort(Member.ageOrdering());
        return members.stream().map(member -> view(member, state, places)).toList();
    }

    private MemberView view(
            Member member, CurrentClusterState state, Map<String, Map<Address, Map<String, Integer>>> places) {
        boolean self = member.uniqueAddress().equals(cluster.selfMember().uniqueAddress());
        Map<String, Map<String, Integer>> entities = new HashMap<>();
        places.forEach((kind, regions) -> {
            // Sharding names the region of the node that was asked without host and port.
            Map<String, Integer> shards = regions.getOrDefault(
                    member.address(), self ? regions.getOrDefault(local(member.address()), Map.of()) : Map.of());
            entities.put(kind, shards);
        });
        return new MemberView(
                node(member.address()),
                member.getRoles().stream()
                        .filter(role -> !role.startsWith("dc-"))
                        .collect(Collectors.toSet()),
                member.status().toString().toLowerCase(Locale.ROOT),
                member.appVersion().version(),
                !state.getUnreachable().contains(member),
                self,
                member.address().equals(state.getLeader()),
                entities);
    }

    private static Address local(Address address) {
        return new Address(address.protocol(), address.system());
    }

    private static String node(Address address) {
        return address.getHost().orElse("") + ":" + address.getPort().orElse(0);
    }

    @Override
    public boolean leave(String node) {
        return tell(node, Leave::new);
    }

    @Override
    public boolean down(String node) {
        return tell(node, Down::new);
    }

    private boolean tell(String node, Function<Address, ClusterCommand> command) {
        Optional<Address> member = find(node);
        member.ifPresent(address -> cluster.manager().tell(command.apply(address)));
        return member.isPresent();
    }

    private Optional<Address> find(String node) {
        return StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                .map(Member::address)
                .filter(address -> node(address).equals(node))
                .findFirst();
    }
}
