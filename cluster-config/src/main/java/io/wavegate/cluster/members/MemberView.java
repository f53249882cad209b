package io.wavegate.cluster.members;

import java.util.Map;
import java.util.Set;

/**
 * A member as this node sees it.
 *
 * @param node {@code host:port}
 * @param roles without Pekko's own
 * @param status in Pekko's words: joining, weaklyup, up, leaving, exiting, down
 * @param version of its program
 * @param reachable false: some member that watches it hears nothing of it
 * @param self it is this node
 * @param leader it decides who joins and goes
 * @param entities by kind: shards that it has, each with the number of entities running
 */
public record MemberView(
        String node,
        Set<String> roles,
        String status,
        String version,
        boolean reachable,
        boolean self,
        boolean leader,
        Map<String, Map<String, Integer>> entities) {
    public MemberView {
        roles = Set.copyOf(roles);
        entities = Map.copyOf(entities);
    }
}
