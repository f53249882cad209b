package io.wavegate.cluster.presence;

import java.util.Set;

/** How a node becomes a member. Used by one thread at a time. */
interface Approach {
    /** Whether this node is the one to form a cluster if there is none. */
    boolean isToFound();

    /** The sign is this node's: it forms a cluster, or joins one that never left signs. */
    void found();

    /**
     * Looks for others, and forms nothing.
     *
     * @param nodes {@code host:port} where the store says that a cluster lives
     * @param nowNanos of a clock that only goes on
     */
    void look(Set<String> nodes, long nowNanos);
}
