package io.wavegate.cluster.presence;

import java.util.Set;

/**
 * What the store says of a living cluster. It moves as long as one lives: whoever sees it stand still for long enough, and
 * has looked often enough meanwhile, may take it that none does. No clock is involved but the observer's own.
 *
 * @param position where the next claim goes; each claim moves it
 * @param holder whose beats count: a node in its present life, as {@link LifeSigns#claim} was told; empty: nobody's, the
 *     last cluster ended in order or there has never been one
 * @param beat counts what the holder has said since its claim
 * @param nodes {@code host:port} of the members of the holder's cluster, as it last said
 */
public record Sign(long position, String holder, long beat, Set<String> nodes) {
    /** Nobody has ever left any. */
    public static final Sign NONE = new Sign(0, "", 0, Set.of());

    public Sign {
        nodes = Set.copyOf(nodes);
    }

    /** Whether no cluster is said to live. */
    public boolean isFree() {
        return holder.isEmpty();
    }

    boolean isHeldBy(String node) {
        return holder.equals(node);
    }
}
