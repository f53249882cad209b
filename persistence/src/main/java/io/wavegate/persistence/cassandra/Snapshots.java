package io.wavegate.persistence.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.StoredSnapshot;
import io.wavegate.persistence.journal.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Snapshots in pieces of one mebibyte, since Cassandra refuses a single write of half a commit log segment. A snapshot
 * whose pieces do not all carry one id (a crash in between, two writers) counts as lost, which a snapshot may be.
 */
final class Snapshots {
    private static final int PIECE_BYTES = 1 << 20;
    private static final int FETCH = 4;

    private final CassandraCluster cluster;
    private final PreparedStatement insert;
    private final PreparedStatement select;

    Snapshots(CassandraCluster cluster) {
        this.cluster = cluster;
        this.insert = cluster.prepare("INSERT INTO ks.snapshots"
                + " (kind, entity, piece, snapshot_id, pieces, position, manifest, payload)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        this.select = cluster.prepare("SELECT piece, snapshot_id, pieces, position, manifest, payload"
                + " FROM ks.snapshots WHERE kind = ? AND entity = ?");
    }

    CompletionStage<Void> save(StreamId stream, StoredSnapshot snapshot) {
        int pieces = Math.max(1, (snapshot.payload().size() + PIECE_BYTES - 1) / PIECE_BYTES);
        return save(stream, snapshot, UUID.randomUUID(), pieces, pieces - 1);
    }

    /** From the last piece to the first, which says how many there are. */
    private CompletionStage<Void> save(StreamId stream, StoredSnapshot snapshot, UUID id, int pieces, int piece) {
        if (piece < 0) {
            return CompletableFuture.completedFuture(null);
        }
        ByteString payload = snapshot.payload();
        ByteString part =
                payload.substring(piece * PIECE_BYTES, (int) Math.min(payload.size(), (piece + 1L) * PIECE_BYTES));
        return cluster.write(insert.bind(
                        stream.kind(),
                        stream.key(),
                        piece,
                        id,
                        pieces,
                        snapshot.position(),
                        snapshot.manifest(),
                        part.asReadOnlyByteBuffer()))
                .thenCompose(done -> save(stream, snapshot, id, pieces, piece - 1));
    }

    CompletionStage<Optional<StoredSnapshot>> load(StreamId stream) {
        return cluster.read(select.bind(stream.kind(), stream.key()).setPageSize(FETCH))
                .thenCompose(rows -> collect(rows, new ArrayList<>()));
    }

    private static CompletionStage<Optional<StoredSnapshot>> collect(AsyncResultSet rows, List<Row> sameSnapshot) {
        for (Row row : rows.currentPage()) {
            // Behind the last piece may lie those of an older, longer snapshot.
            if (sameSnapshot.isEmpty()
                    || sameSnapshot.size() < sameSnapshot.get(0).getInt("pieces")) {
                sameSnapshot.add(row);
            }
        }
        boolean complete = !sameSnapshot.isEmpty()
                && sameSnapshot.size() == sameSnapshot.get(0).getInt("pieces");
        return complete || !rows.hasMorePages()
                ? CompletableFuture.completedFuture(assembled(sameSnapshot))
                : rows.fetchNextPage().thenCompose(more -> collect(more, sameSnapshot));
    }

    private static Optional<StoredSnapshot> assembled(List<Row> rows) {
        if (rows.isEmpty() || rows.size() != rows.get(0).getInt("pieces")) {
            return Optional.empty();
        }
        Row first = rows.get(0);
        UUID id = first.getUuid("snapshot_id");
        ByteString payload = ByteString.EMPTY;
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (row.getInt("piece") != i || !Objects.equals(row.getUuid("snapshot_id"), id)) {
                return Optional.empty();
            }
            payload = payload.concat(ByteString.copyFrom(Objects.requireNonNull(row.getByteBuffer("payload"))));
        }
        return Optional.of(new StoredSnapshot(
                first.getLong("position"), Objects.requireNonNull(first.getString("manifest")), payload));
    }
}
