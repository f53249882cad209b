package io.wavegate.persistence.cassandra;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.wavegate.persistence.cassandra.CassandraSettings.Limits;
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
    private final CassandraCluster cluster;
    private final Segments segments;
    private final PreparedStatement moveHead;
    private final PreparedStatement insertEvent;
    private final PreparedStatement selectAppendId;
    private final int attempts;
    private final long limitNanos;

    Appends(CassandraCluster cluster, Segments segments, Limits limits) {
        this.attempts = limits.attempts();
        this.limitNanos = limits.answerLimit().toNanos();
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
        Attempt first = new Attempt(append, UUID.randomUUID(), System.nanoTime(), 1);
        return segments.reaching(append.stream(), append.expectedHead())
                .thenCompose(chain -> chain.head() == append.expectedHead()
                        ? write(first, chain)
                        : CompletableFuture.completedFuture(new AppendResult.Fenced(chain.head())));
    }

    /** One of several attempts at an append, all of which carry the same id. */
    private record Attempt(Append append, UUID id, long begunNanos, int number) {
        Attempt next() {
            return new Attempt(append, id, begunNanos, number + 1);
        }
    }

    private CompletionStage<AppendResult> write(Attempt attempt, SegmentChain chain) {
        return cluster.writeOnCondition(batch(attempt.append, chain, attempt.id))
                .handle((result, thrown) -> {
                    if (result != null && result.wasApplied()) {
                        return stored(attempt.append, chain);
                    }
                    Throwable cause = thrown == null ? null : CassandraFailures.unwrapped(thrown);
                    if (cause != null && attempt.number == 1 && CassandraFailures.isHarmless(cause)) {
                        return CompletableFuture.<AppendResult>failedFuture(cause);
                    }
                    return findOut(attempt, chain, cause);
                })
                .thenCompose(next -> next);
    }

    /** Did it happen? From here on nobody may say that it did not, unless the head is somebody else's. */
    private CompletionStage<AppendResult> findOut(Attempt attempt, SegmentChain chain, @Nullable Throwable cause) {
        return ask(attempt, chain, cause)
                .handle((result, thrown) -> thrown == null
                        ? CompletableFuture.completedFuture(result)
                        : CassandraFailures.<AppendResult>outcomeUnknown(cause, thrown))
                .thenCompose(next -> next);
    }

    /** The head first: once that has moved, the row at the place of ours can be ours or another's, and never changes. */
    private CompletionStage<AppendResult> ask(Attempt attempt, SegmentChain chain, @Nullable Throwable cause) {
        Append append = attempt.append;
        return segments.settled(append.stream()).thenCompose(now -> {
            if (now.head() == append.expectedHead()) {
                return again(attempt, now, cause);
            }
            return cluster.readSettling(selectAppendId.bind(
                            append.stream().kind(),
                            append.stream().key(),
                            chain.current(),
                            append.events().get(0).position()))
                    .thenApply(result -> {
                        var row = result.one();
                        return row != null && attempt.id.equals(row.getUuid(0))
                                ? new AppendResult.Stored()
                                : new AppendResult.Fenced(now.head());
                    });
        });
    }

    /** Nobody was faster: tries again, unless it was the last attempt or nobody waits any more. */
    private CompletionStage<AppendResult> again(Attempt attempt, SegmentChain now, @Nullable Throwable cause) {
        if (attempt.number < attempts && System.nanoTime() - attempt.begunNanos < limitNanos) {
            return write(attempt.next(), now);
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
