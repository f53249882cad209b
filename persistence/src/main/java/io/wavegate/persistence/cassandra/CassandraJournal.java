package io.wavegate.persistence.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.EventPage;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.SetChange;
import io.wavegate.persistence.journal.StoreUnavailableException;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StoredSnapshot;
import io.wavegate.persistence.journal.StreamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal in Cassandra, for clusters.
 *
 * <p>What durable means: an append is answered after a quorum of the replicas has taken it (into their commit logs, which
 * Cassandra syncs by default every 10 s: it outlives the loss of any minority of replicas at one time. One after the other,
 * or the power of all at once, it outlives only with {@code commitlog_sync: batch} or {@code group}: a node that comes back
 * without its last seconds has forgotten what it took and promised).
 *
 * <p>Sets cannot change in the same write, which is of one partition: additions come before the append, removals after it.
 */
public final class CassandraJournal implements Journal {
    /** Positions per partition. Stored for ever: change nothing. */
    static final long SEGMENT_SIZE = 100_000;

    private static final Logger log = LoggerFactory.getLogger(CassandraJournal.class);

    private final CassandraFailures failures;
    private final CassandraCluster cluster;
    private final InFlight inFlight;
    private final Segments segments;
    private final Appends appends;
    private final Histories histories;
    private final Snapshots snapshots;
    private final CassandraSets sets;
    private final Removal removal;
    private final PreparedStatement insertHint;
    private final PreparedStatement selectHints;

    private CassandraJournal(CassandraSettings settings, CassandraCluster cluster, long segmentSize) {
        this.failures = new CassandraFailures(settings);
        this.cluster = cluster;
        this.inFlight = new InFlight(settings.limits(), failures);
        this.segments = new Segments(cluster, segmentSize);
        this.appends = new Appends(cluster, segments, settings.limits());
        this.histories = new Histories(cluster, segments);
        this.snapshots = new Snapshots(cluster);
        this.sets = new CassandraSets(cluster);
        this.removal = new Removal(cluster, segments);
        this.insertHint = cluster.prepare("INSERT INTO ks.hints (kind, entity, name, value) VALUES (?, ?, ?, ?)");
        this.selectHints = cluster.prepare("SELECT name, value FROM ks.hints WHERE kind = ? AND entity = ?");
    }

    /**
     * Connects.
     *
     * @throws StoreUnavailableException if Cassandra cannot be reached, refuses us, or has no such tables
     */
    public static CassandraJournal open(CassandraSettings settings) {
        return open(settings, SEGMENT_SIZE);
    }

    static CassandraJournal open(CassandraSettings settings, long segmentSize) {
        CassandraCluster cluster;
        try {
            cluster = CassandraCluster.connect(settings);
        } catch (RuntimeException e) {
            throw new CassandraFailures(settings).cannotOpen(e);
        }
        try {
            return new CassandraJournal(settings, cluster, segmentSize);
        } catch (RuntimeException e) {
            cluster.close();
            throw new CassandraFailures(settings).cannotOpen(e);
        }
    }

    @Override
    public CompletionStage<AppendResult> append(Append append) {
        List<SetChange> changes = CassandraSets.effective(append.setChanges());
        return inFlight.run(
                () -> sets.apply(changes, true)
                        .thenCompose(added -> appends.append(append))
                        .thenCompose(result -> removing(changes, result)),
                failures::cannotWrite);
    }

    @Override
    public CompletionStage<Long> head(StreamId stream) {
        return inFlight.run(() -> segments.settled(stream).thenApply(SegmentChain::head), failures::cannotRead);
    }

    @Override
    public CompletionStage<EventPage> read(StreamId stream, long from, long until, long maxBytes) {
        return inFlight.run(() -> histories.read(stream, from, until, maxBytes), failures::cannotRead);
    }

    @Override
    public CompletionStage<Optional<StoredEvent>> last(StreamId stream, long until) {
        return inFlight.run(() -> histories.last(stream, until), failures::cannotRead);
    }

    @Override
    public CompletionStage<Void> saveSnapshot(StreamId stream, StoredSnapshot snapshot) {
        return inFlight.run(() -> snapshots.save(stream, snapshot), failures::cannotWrite);
    }

    @Override
    public CompletionStage<Optional<StoredSnapshot>> snapshot(StreamId stream) {
        return inFlight.run(() -> snapshots.load(stream), failures::cannotRead);
    }

    @Override
    public CompletionStage<Void> putHint(StreamId stream, String name, ByteString value) {
        return inFlight.run(
                () -> cluster.write(insertHint.bind(stream.kind(), stream.key(), name, value.asReadOnlyByteBuffer()))
                        .thenAccept(written -> {}),
                failures::cannotWrite);
    }

    @Override
    public CompletionStage<Map<String, ByteString>> hints(StreamId stream) {
        return inFlight.run(
                () -> cluster.read(selectHints.bind(stream.kind(), stream.key()))
                        .thenCompose(rows -> collect(rows, new HashMap<>())),
                failures::cannotRead);
    }

    @Override
    public CompletionStage<Void> changeSets(List<SetChange> changes) {
        List<SetChange> effective = CassandraSets.effective(changes);
        return inFlight.run(
                () -> sets.apply(effective, true).thenCompose(added -> sets.apply(effective, false)),
                failures::cannotWrite);
    }

    @Override
    public CompletionStage<List<String>> members(String set, String after, int limit) {
        return inFlight.run(() -> sets.members(set, after, limit), failures::cannotRead);
    }

    @Override
    public CompletionStage<List<String>> sets(String prefix, String after, int limit) {
        return inFlight.run(() -> sets.names(prefix, after, limit), failures::cannotRead);
    }

    @Override
    public CompletionStage<Void> forget(StreamId stream) {
        return inFlight.run(() -> removal.forget(stream), failures::cannotWrite);
    }

    @Override
    public void close() {
        inFlight.close();
        cluster.close();
    }

    /** The events are stored whatever becomes of the removals: a set may hold too much. */
    private CompletionStage<AppendResult> removing(List<SetChange> changes, AppendResult result) {
        if (!(result instanceof AppendResult.Stored)) {
            return CompletableFuture.completedFuture(result);
        }
        return sets.apply(changes, false).handle((removed, thrown) -> {
            if (thrown != null) {
                log.warn(
                        "An append is stored, but members of sets that go with it are not removed: {}",
                        changes,
                        thrown);
            }
            return result;
        });
    }

    private static CompletionStage<Map<String, ByteString>> collect(
            AsyncResultSet rows, Map<String, ByteString> hints) {
        for (Row row : rows.currentPage()) {
            hints.put(
                    Objects.requireNonNull(row.getString(0)),
                    ByteString.copyFrom(Objects.requireNonNull(row.getByteBuffer(1))));
        }
        return rows.hasMorePages()
                ? rows.fetchNextPage().thenCompose(more -> collect(more, hints))
                : CompletableFuture.completedFuture(hints);
    }
}
