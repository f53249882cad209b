package io.wavegate.cluster.presence;

import io.wavegate.cluster.settings.PresenceTimes;
import java.util.Set;

/**
 * Whether a node may form a cluster. A first seed node that reaches nobody cannot know whether it is the first that starts
 * or the one that is cut off; what the store has seen tells.
 */
final class Founding {
    private Founding() {}

    /**
     * Whether no cluster can be alive any more.
     *
     * @param node {@code host:port} of the one that would form it
     */
    static boolean isAllowed(Watch watch, String node, PresenceTimes times) {
        // A cluster of nobody but former lives of this node is dead: their address is this one's now.
        return watch.sign().isFree()
                || watch.sign().nodes().equals(Set.of(node))
                || watch.isQuietFor(times.foundAfter());
    }
}
