package io.wavegate.persistence.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.wavegate.persistence.journal.StreamId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds the segments of streams and remembers them. What is remembered may be behind (another node may have appended),
 * never wrong: heads only grow and closed segments do not change.
 */
final class Segments {
    private static final int MAX_STREAMS = 16_384;

    private final CassandraCluster cluster;
    private final long size;
    private final PreparedStatement selectHead;
    private final Map<StreamId, SegmentChain> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StreamId, SegmentChain> eldest) {
            return size() > MAX_STREAMS;
        }
    };

    Segments(CassandraCluster cluster, long size) {
        this.cluster = cluster;
        this.size = size;
        this.selectHead =
                cluster.prepare("SELECT head FROM ks.events WHERE kind = ? AND entity = ? AND segment = ? LIMIT 1");
    }

    /** What is known, if its head reaches {@code head}; otherwise what Cassandra says now. */
    CompletionStage<SegmentChain> reaching(StreamId stream, long head) {
        SegmentChain chain = remembered(stream);
        return chain.head() >= head && chain.head() > 0 ? CompletableFuture.completedFuture(chain) : settled(stream);
    }

    /** What Cassandra says now, anything half done settled before. */
    CompletionStage<SegmentChain> settled(StreamId stream) {
        return follow(stream, remembered(stream));
    }

    synchronized void learn(StreamId stream, SegmentChain chain) {
        known.merge(stream, chain, (old, now) -> now.head() >= old.head() ? now : old);
    }

    synchronized void forget(StreamId stream) {
        known.remove(stream);
    }

    private synchronized SegmentChain remembered(StreamId stream) {
        return known.getOrDefault(stream, SegmentChain.empty(size));
    }

    /** From closed segment to closed segment, up to the one whose head lies within. */
    private CompletionStage<SegmentChain> follow(StreamId stream, SegmentChain chain) {
        long segment = chain.current();
        return cluster.readSettling(selectHead.bind(stream.kind(), stream.key(), segment))
                .thenCompose(result -> {
                    Optional<Long> head = Optional.ofNullable(result.one()).flatMap(Segments::headOf);
                    SegmentChain longer = head.map(chain::advanced).orElse(chain);
                    if (longer.current() != segment) {
                        return follow(stream, longer);
                    }
                    learn(stream, longer);
                    return CompletableFuture.completedFuture(longer);
                });
    }

    private static Optional<Long> headOf(Row row) {
        return row.isNull(0) ? Optional.empty() : Optional.of(row.getLong(0));
    }
}
