package io.wavegate.cassandra.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a node runs.
 *
 * @param host the address it listens on
 * @param launcher what comes before its command line, for example {@code ip netns exec NAME}; usually nothing
 * @param storage folder for what it stores, which whoever names one deletes; usually one among its other files
 */
public record Place(String host, List<String> launcher, Optional<Path> storage) {
    public Place {
        launcher = List.copyOf(launcher);
    }

    /** The n-th address of the loopback, from 1. */
    static Place loopback(int n) {
        return new Place("127.0.0." + n, List.of(), Optional.empty());
    }
}
