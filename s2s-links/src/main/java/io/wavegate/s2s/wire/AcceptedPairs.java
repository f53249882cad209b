package io.wavegate.s2s.wire;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The streams that peers opened to this node, with the pairs whose stanzas they may bring, in the order of their coming. Safe
 * for use by many threads.
 */
public final class AcceptedPairs {
    private final Map<StreamConnection, Set<DomainPair>> byStream = new LinkedHashMap<>();

    synchronized void add(StreamConnection stream, DomainPair pair) {
        byStream.computeIfAbsent(stream, first -> new LinkedHashSet<>()).add(pair);
    }

    synchronized void remove(StreamConnection stream) {
        byStream.remove(stream);
    }

    /** How many streams there are. */
    public synchronized int streams() {
        return byStream.size();
    }

    /** Ends every stream that has such a pair, for this reason. */
    public void close(Predicate<DomainPair> which, StreamEnd end) {
        having(which).forEach(stream -> stream.close(end));
    }

    private synchronized List<StreamConnection> having(Predicate<DomainPair> which) {
        List<StreamConnection> found = new ArrayList<>();
        byStream.forEach((stream, pairs) -> {
            if (pairs.stream().anyMatch(which)) {
                found.add(stream);
            }
        });
        return found;
    }
}
