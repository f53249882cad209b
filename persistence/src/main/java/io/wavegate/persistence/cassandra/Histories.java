package io.wavegate.persistence.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import io.wavegate.persistence.cassandra.SegmentChain.Slice;
import io.wavegate.persistence.journal.EventPage;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StreamId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Reads events. Below a head that a serial read has shown, or that an answered append has set, everything is settled and
 * a quorum read sees it; a range that goes further asks for the head first.
 */
final class Histories {
    private static final int MIN_FETCH = 16;
    private static final int MAX_FETCH = 1_000;
    private static final int TYPICAL_EVENT_BYTES = 1_024;

    private final CassandraCluster cluster;
    private final Segments segments;
    private final PreparedStatement selectRange;
    private final PreparedStatement selectLast;

    Histories(CassandraCluster cluster, Segments segments) {
        this.cluster = cluster;
        this.segments = segments;
        String range = "SELECT position, manifest, payload FROM ks.events"
                + " WHERE kind = ? AND entity = ? AND segment = ? AND position >= ? AND position < ?";
        this.selectRange = cluster.prepare(range);
        this.selectLast = cluster.prepare(range + " ORDER BY position DESC LIMIT 1");
    }

    CompletionStage<EventPage> read(StreamId stream, long from, long until, long maxBytes) {
        if (from >= until) {
            return CompletableFuture.completedFuture(new EventPage(List.of(), false));
        }
        int fetch = (int) Math.max(MIN_FETCH, Math.min(MAX_FETCH, maxBytes / TYPICAL_EVENT_BYTES));
        return segments.reaching(stream, until)
                .thenCompose(chain -> readSlices(stream, chain.slices(from, until), 0, new Page(maxBytes), fetch));
    }

    CompletionStage<Optional<StoredEvent>> last(StreamId stream, long until) {
        return segments.reaching(stream, until).thenCompose(chain -> {
            List<Slice> slices = chain.slices(0, until);
            return lastOf(stream, slices, slices.size() - 1);
        });
    }

    private CompletionStage<EventPage> readSlices(StreamId stream, List<Slice> slices, int next, Page page, int fetch) {
        if (next == slices.size()) {
            return CompletableFuture.completedFuture(page.ended(false));
        }
        BoundStatement statement = bound(selectRange, stream, slices.get(next)).setPageSize(fetch);
        return cluster.read(statement)
                .thenCompose(rows -> drain(rows, page))
                .thenCompose(full -> full
                        ? CompletableFuture.completedFuture(page.ended(true))
                        : readSlices(stream, slices, next + 1, page, fetch));
    }

    /** Returns true if the page was full and there was another row. */
    private static CompletionStage<Boolean> drain(AsyncResultSet rows, Page page) {
        for (Row row : rows.currentPage()) {
            if (!page.add(row)) {
                return CompletableFuture.completedFuture(true);
            }
        }
        return rows.hasMorePages()
                ? rows.fetchNextPage().thenCompose(more -> drain(more, page))
                : CompletableFuture.completedFuture(false);
    }

    private CompletionStage<Optional<StoredEvent>> lastOf(StreamId stream, List<Slice> slices, int at) {
        if (at < 0) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return cluster.read(bound(selectLast, stream, slices.get(at))).thenCompose(rows -> {
            Row row = rows.one();
            return row == null
                    ? lastOf(stream, slices, at - 1)
                    : CompletableFuture.completedFuture(Optional.of(event(row)));
        });
    }

    private static BoundStatement bound(PreparedStatement statement, StreamId stream, Slice slice) {
        return statement.bind(stream.kind(), stream.key(), slice.segment(), slice.from(), slice.until());
    }

    private static StoredEvent event(Row row) {
        ByteBuffer payload = Objects.requireNonNullElse(row.getByteBuffer(2), ByteBuffer.allocate(0));
        return new StoredEvent(
                row.getLong(0), Objects.requireNonNullElse(row.getString(1), ""), ByteString.copyFrom(payload));
    }

    /** A page being filled. */
    private static final class Page {
        private final List<StoredEvent> events = new ArrayList<>();
        private final long maxBytes;
        private long bytes;

        Page(long maxBytes) {
            this.maxBytes = maxBytes;
        }

        boolean add(Row row) {
            if (!events.isEmpty() && (bytes >= maxBytes || events.size() >= Journal.MAX_PAGE_EVENTS)) {
                return false;
            }
            StoredEvent event = event(row);
            events.add(event);
            bytes += event.payload().size();
            return true;
        }

        EventPage ended(boolean more) {
            return new EventPage(events, more);
        }
    }
}
