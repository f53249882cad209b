package io.wavegate.cluster.presence;

import java.util.Set;

/**
 * A member's view of its cluster.
 *
 * @param names of all members in their present lives, whatever their status, this node among them
 * @param nodes {@code host:port} of them
 * @param isOldest this node is the oldest of them
 */
record Membership(Set<String> names, Set<String> nodes, boolean isOldest) {
    Membership {
        names = Set.copyOf(names);
        nodes = Set.copyOf(nodes);
    }
}
