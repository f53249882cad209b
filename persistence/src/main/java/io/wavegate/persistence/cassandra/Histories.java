package io.wavegate.persistence.cassandra;

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
    private static final int FIRST_FETCH = 16;
    private static final int MAX_FETCH = 1_000;

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
        return segments.reaching(stream, until)
                .thenCompose(chain -> readOn(stream, chain.slices(from, until), new Page(maxBytes)));
    }

    CompletionStage<Optional<StoredEvent>> last(StreamId stream, long until) {
        return segments.reaching(stream, until).thenCompose(chain -> {
            List<Slice> slices = chain.slices(0, until);
            return lastOf(stream, slices, slices.size() - 1);
        });
    }

    /**
     * Fetch by fetch, each as large as the rows so far let expect: Cassandra counts rows, not bytes, and whoever asks for a
     * thousand may get a gigabyte.
     */
    private CompletionStage<EventPage> readOn(StreamId stream, List<Slice> left, Page page) {
        if (left.isEmpty()) {
            return CompletableFuture.completedFuture(page.ended(false));
        }
        Slice slice = left.get(0);
        BoundStatement statement = bound(selectRange, stream, slice).setPageSize(page.nextFetch());
        return cluster.read(statement).thenCompose(rows -> {
            for (Row row : rows.currentPage()) {
                if (!page.add(row)) {
                    return CompletableFuture.completedFuture(page.ended(true));
                }
            }
            List<Slice> rest = new ArrayList<>(left.subList(1, left.size()));
            if (rows.hasMorePages()) {
                rest.add(0, new Slice(slice.segment(), page.end(slice.from()), slice.until()));
            }
            return readOn(stream, rest, page);
        });
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

        int nextFetch() {
            if (events.isEmpty()) {
                return FIRST_FETCH;
            }
            long average = Math.max(1, bytes / events.size());
            long expected = Math.max(0, maxBytes - bytes) / average;
            return (int) Math.min(expected + 1, MAX_FETCH);
        }

        /** Behind the last event. */
        long end(long otherwise) {
            return events.isEmpty()
                    ? otherwise
                    : Math.max(otherwise, events.get(events.size() - 1).position() + 1);
        }

        EventPage ended(boolean more) {
            return new EventPage(events, more);
        }
    }
}
