package io.wavegate.load.chaos.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a laboratory consists of.
 *
 * @param near roles of the nodes of the cluster that is hurt
 * @param far roles of the nodes of the other cluster
 * @param cassandra nodes of the store that both share, each with a keyspace of its own
 * @param domains of each cluster
 * @param fast whether nodes are taken for dead with the fast settings, not with those for production
 * @param peers whether Prosody and ejabberd are there too, where installed
 */
public record LabPlan(
        List<Set<String>> near, List<Set<String>> far, int cassandra, int domains, boolean fast, boolean peers) {
    /** A node that does both. */
    public static final Set<String> BOTH = Set.of("edge", "shard");

    public LabPlan {
        near = List.copyOf(near);
        far = List.copyOf(far);
    }

    /** Nodes that do both, one node on the other side. */
    public static LabPlan small(int nodes, int cassandra, int domains) {
        List<Set<String>> near = new ArrayList<>();
        IntStream.range(0, nodes).forEach(n -> near.add(BOTH));
        return new LabPlan(near, List.of(BOTH), cassandra, domains, true, false);
    }

    /** Names of the domains of one side; resolvers of other servers refuse to look for names below "test". */
    public List<String> domains(String side) {
        return IntStream.range(0, domains).mapToObj(n -> side + n + ".example").toList();
    }
}
