package io.wavegate.persistence.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.wavegate.persistence.journal.StreamId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Removes whole streams, the newest partition first: as long as something is left, what leads to it is left as well.
 *
 * <p>Events are written with times of the coordinators (conditional writes), so a clock of ours that is behind theirs
 * would remove nothing. The removal is dated a day ahead, which hides nothing else: names of streams are not used again.
 */
final class Removal {
    private static final Duration AHEAD = Duration.ofDays(1);

    private final CassandraCluster cluster;
    private final Segments segments;
    private final PreparedStatement events;
    private final PreparedStatement snapshots;
    private final PreparedStatement hints;

    Removal(CassandraCluster cluster, Segments segments) {
        this.cluster = cluster;
        this.segments = segments;
        this.events = cluster.prepare(
                "DELETE FROM ks.events USING TIMESTAMP ? WHERE kind = ? AND entity = ? AND segment = ?");
        this.snapshots = cluster.prepare("DELETE FROM ks.snapshots USING TIMESTAMP ? WHERE kind = ? AND entity = ?");
        this.hints = cluster.prepare("DELETE FROM ks.hints USING TIMESTAMP ? WHERE kind = ? AND entity = ?");
    }

    CompletionStage<Void> forget(StreamId stream) {
        long when = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis() + AHEAD.toMillis());
        return cluster.write(snapshots.bind(when, stream.kind(), stream.key()))
                .thenCompose(done -> cluster.write(hints.bind(when, stream.kind(), stream.key())))
                .thenCompose(done -> segments.settled(stream))
                .thenCompose(chain -> segments(stream, when, chain.newestFirst()))
                .thenAccept(done -> segments.forget(stream));
    }

    private CompletionStage<Void> segments(StreamId stream, long when, List<Long> left) {
        if (left.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return cluster.write(events.bind(when, stream.kind(), stream.key(), left.get(0)))
                .thenCompose(done -> segments(stream, when, left.subList(1, left.size())));
    }
}
