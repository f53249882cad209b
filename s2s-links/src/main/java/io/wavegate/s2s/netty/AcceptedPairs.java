package io.wavegate.s2s.netty;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The streams that peers opened to this node, with the pairs whose stanzas they may bring. */
final class AcceptedPairs {
    private final Map<StreamHandler, Set<DomainPair>> byStream = new ConcurrentHashMap<>();

    void add(StreamHandler stream, DomainPair pair) {
        byStream.computeIfAbsent(stream, first -> ConcurrentHashMap.newKeySet()).add(pair);
    }

    void remove(StreamHandler stream) {
        byStream.remove(stream);
    }

    int streams() {
        return byStream.size();
    }

    /** Ends every stream that has such a pair, for this reason. */
    void close(Predicate<DomainPair> which, StreamEnd end) {
        byStream.forEach((stream, pairs) -> {
            if (pairs.stream().anyMatch(which)) {
                stream.close(end);
            }
        });
    }
}
