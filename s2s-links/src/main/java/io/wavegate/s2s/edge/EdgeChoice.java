package io.wavegate.s2s.edge;

import io.wavegate.s2s.stream.DomainPair;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which edge opens the stream of a pair: rendezvous hashing, so that pairs spread evenly over the edges, everybody chooses the
 * same, and when an edge goes only its own pairs move.
 */
public final class EdgeChoice {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private EdgeChoice() {}

    /**
     * @param edges whose {@code toString} names them, the same on all nodes
     * @return empty if there are none
     */
    public static <E> Optional<E> of(DomainPair pair, Collection<E> edges) {
        return edges.stream()
                .max(Comparator.<E>comparingLong(edge -> weight(pair, String.valueOf(edge)))
                        .thenComparing(String::valueOf));
    }

    private static long weight(DomainPair pair, String edge) {
        String text = edge + '|' + pair.local() + '|' + pair.remote();
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        // FNV alone leaves names that differ in one place near each other.
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
