package io.wavegate.cassandra.runtime;

import java.util.List;

/**
 * Where a node runs.
 *
 * @param host the address it listens on
 * @param launcher what comes before its command line, for example {@code ip netns exec NAME}; usually nothing
 */
public record Place(String host, List<String> launcher) {
    public Place {
        launcher = List.copyOf(launcher);
    }

    /** The n-th address of the loopback, from 1. */
    static Place loopback(int n) {
        return new Place("127.0.0." + n, List.of());
    }
}
