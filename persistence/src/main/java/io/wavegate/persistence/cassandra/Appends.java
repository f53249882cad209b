package io.wavegate.persistence.cassandra;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StreamId;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Appends: one batch of one partition, conditional as a whole on the head (one Paxos round, however many events). Claiming
 * first and inserting afterwards would leave a gap in which a paused owner wakes up and inserts.
 *
 * <p>When Cassandra's answer does not say whether the batch happened, the rows do: each carries the id of its append. The
 * question is a serial read, which settles a half-done round one way or the other before it answers; and since the batch
 * is conditional, trying it again cannot store it twice.
 */
final class Appends {
    private static final int ATTEMPTS = 3;

    private final CassandraCluster cluster;
    private final Segments segments;
    private final PreparedStatement moveHead;
    private final PreparedStatement insertEvent;
    private final PreparedStatement selectAppendId;

    Appends(CassandraCluster cluster, Segments segments) {
        this.cluster = cluster;
        this.segments = segments;
        this.moveHead = cluster.prepare(
                "UPDATE ks.events SET head = ? WHERE kind = ? AND entity = ? AND segment = ? IF head = ?");
        this.insertEvent = cluster.prepare("INSERT INTO ks.events"
                + " (kind, entity, segment, position, append_id, manifest, payload) VALUES (?, ?, ?, ?, ?, ?, ?)");
        this.selectAppendId = cluster.prepare(
                "SELECT append_id FROM ks.events WHERE kind = ? AND entity = ? AND segment = ? AND position = ?");
    }

    CompletionStage<AppendResult> append(Append append) {
        return segments.reaching(append.stream(), append.expectedHead())
                .thenCompose(chain -> chain.head() == append.expectedHead()
                        ? attempt(append, chain, UUID.randomUUID(), ATTEMPTS)
                        : CompletableFuture.completedFuture(new AppendResult.Fenced(chain.head())));
    }

    private CompletionStage<AppendResult> attempt(Append append, SegmentChain chain, UUID id, int attempts) {
        return cluster.writeOnCondition(batch(append, chain, id))
                .handle((result, thrown) -> {
                    if (result != null && result.wasApplied()) {
                        return stored(append, chain);
                    }
                    Throwable cause = thrown == null ? null : CassandraFailures.unwrapped(thrown);
                    if (cause != null && CassandraFailures.isHarmless(cause)) {
                        return CompletableFuture.<AppendResult>failedFuture(cause);
                    }
                    return findOut(append, chain, id, cause, attempts - 1);
                })
                .thenCompose(next -> next);
    }

    /** Did it happen? If not, and nobody else was faster, try again, and after the last attempt give up. */
    private CompletionStage<AppendResult> findOut(
            Append append, SegmentChain chain, UUID id, @Nullable Throwable cause, int attempts) {
        StreamId stream = append.stream();
        return cluster.readSettling(selectAppendId.bind(
                        stream.kind(),
                        stream.key(),
                        chain.current(),
                        append.events().get(0).position()))
                .thenCompose(result -> {
                    var row = result.one();
                    if (row != null && id.equals(row.getUuid(0))) {
                        return stored(append, chain);
                    }
                    return segments.settled(stream).thenCompose(now -> notYet(append, now, id, cause, attempts));
                });
    }

    private CompletionStage<AppendResult> notYet(
            Append append, SegmentChain now, UUID id, @Nullable Throwable cause, int attempts) {
        if (now.head() != append.expectedHead()) {
            return CompletableFuture.completedFuture(new AppendResult.Fenced(now.head()));
        }
        if (attempts > 0) {
            return attempt(append, now, id, attempts);
        }
        return CompletableFuture.failedFuture(
                cause == null
                        ? new IllegalStateException("the conditional write was refused without a reason")
                        : cause);
    }

    private CompletionStage<AppendResult> stored(Append append, SegmentChain chain) {
        segments.learn(append.stream(), chain.advanced(append.newHead()));
        return CompletableFuture.completedFuture(new AppendResult.Stored());
    }

    private BatchStatement batch(Append append, SegmentChain chain, UUID id) {
        StreamId stream = append.stream();
        long segment = chain.current();
        // The first append to a segment finds no head there; that this is its beginning, the segment before has said.
        Long expected = chain.isCurrentFresh() ? null : append.expectedHead();
        BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED)
                .addStatement(moveHead.bind(append.newHead(), stream.kind(), stream.key(), segment, expected));
        for (StoredEvent event : append.events()) {
            batch.addStatement(insertEvent.bind(
                    stream.kind(),
                    stream.key(),
                    segment,
                    event.position(),
                    id,
                    event.manifest(),
                    event.payload().asReadOnlyByteBuffer()));
        }
        return batch.build();
    }
}
