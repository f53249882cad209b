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
 * Snapshots in pieces of one mebibyte, since Cassandra refuses a single write of half a commit log segment. The pieces of
 * one carry its id; one that lacks some (a crash in between) is passed over, and the one before is still there: that goes
 * only when its successor is whole. No clock decides which is the newest, its position does.
 */
final class Snapshots {
    private static final int PIECE_BYTES = 1 << 20;
    private static final int FETCH = 4;

    private final CassandraCluster cluster;
    private final PreparedStatement insert;
    private final PreparedStatement select;
    private final PreparedStatement deleteOlder;

    Snapshots(CassandraCluster cluster) {
        this.cluster = cluster;
        this.insert = cluster.prepare("INSERT INTO ks.snapshots"
                + " (kind, entity, position, snapshot_id, piece, pieces, manifest, payload)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        this.select = cluster.prepare("SELECT position, snapshot_id, piece, pieces, manifest, payload"
                + " FROM ks.snapshots WHERE kind = ? AND entity = ?");
        this.deleteOlder = cluster.prepare("DELETE FROM ks.snapshots WHERE kind = ? AND entity = ? AND position < ?");
    }

    CompletionStage<Void> save(StreamId stream, StoredSnapshot snapshot) {
        int pieces = Math.max(1, (snapshot.payload().size() + PIECE_BYTES - 1) / PIECE_BYTES);
        return save(stream, snapshot, UUID.randomUUID(), pieces, 0)
                .thenCompose(saved -> cluster.write(deleteOlder.bind(stream.kind(), stream.key(), snapshot.position())))
                .thenAccept(removed -> {});
    }

    private CompletionStage<Void> save(StreamId stream, StoredSnapshot snapshot, UUID id, int pieces, int piece) {
        if (piece == pieces) {
            return CompletableFuture.completedFuture(null);
        }
        ByteString payload = snapshot.payload();
        ByteString part =
                payload.substring(piece * PIECE_BYTES, (int) Math.min(payload.size(), (piece + 1L) * PIECE_BYTES));
        return cluster.write(insert.bind(
                        stream.kind(),
                        stream.key(),
                        snapshot.position(),
                        id,
                        piece,
                        pieces,
                        snapshot.manifest(),
                        part.asReadOnlyByteBuffer()))
                .thenCompose(done -> save(stream, snapshot, id, pieces, piece + 1));
    }

    CompletionStage<Optional<StoredSnapshot>> load(StreamId stream) {
        return cluster.read(select.bind(stream.kind(), stream.key()).setPageSize(FETCH))
                .thenCompose(rows -> collect(rows, new Pieces()));
    }

    private static CompletionStage<Optional<StoredSnapshot>> collect(AsyncResultSet rows, Pieces pieces) {
        for (Row row : rows.currentPage()) {
            if (pieces.isWholeWith(row)) {
                return CompletableFuture.completedFuture(Optional.of(pieces.assembled()));
            }
        }
        return rows.hasMorePages()
                ? rows.fetchNextPage().thenCompose(more -> collect(more, pieces))
                : CompletableFuture.completedFuture(Optional.empty());
    }

    /** The pieces of one snapshot, as far as they have come. */
    private static final class Pieces {
        private final List<Row> rows = new ArrayList<>();

        boolean isWholeWith(Row row) {
            if (!rows.isEmpty() && !Objects.equals(rows.get(0).getUuid("snapshot_id"), row.getUuid("snapshot_id"))) {
                rows.clear();
            }
            rows.add(row);
            return rows.size() == row.getInt("pieces");
        }

        StoredSnapshot assembled() {
            ByteString payload = ByteString.EMPTY;
            for (Row row : rows) {
                payload = payload.concat(ByteString.copyFrom(Objects.requireNonNull(row.getByteBuffer("payload"))));
            }
            Row first = rows.get(0);
            return new StoredSnapshot(
                    first.getLong("position"), Objects.requireNonNull(first.getString("manifest")), payload);
        }
    }
}
