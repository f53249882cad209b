package io.wavegate.persistence.embedded;

import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.SetChange;
import io.wavegate.persistence.journal.StoreUnavailableException;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StoredSnapshot;
import io.wavegate.persistence.journal.StreamId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A change that waits for the committing thread. */
sealed interface Request {
    /** What it weighs in the queue. */
    long bytes();

    CompletableFuture<?> answer();

    default void fail(StoreUnavailableException why) {
        answer().completeExceptionally(why);
    }

    /** An append, durable when answered. */
    record AppendRequest(Append append, long bytes, CompletableFuture<AppendResult> answer) implements Request {
        static AppendRequest of(Append append) {
            long bytes = setBytes(append.setChanges());
            for (StoredEvent event : append.events()) {
                bytes += OVERHEAD_BYTES + event.payload().size();
            }
            return new AppendRequest(append, bytes, new CompletableFuture<>());
        }
    }

    /** A change of sets, durable when answered. */
    record SetsRequest(List<SetChange> changes, long bytes, CompletableFuture<Void> answer) implements Request {
        static SetsRequest of(List<SetChange> changes) {
            return new SetsRequest(List.copyOf(changes), setBytes(changes), new CompletableFuture<>());
        }
    }

    /** A snapshot, durable some time later. */
    record SnapshotRequest(StreamId stream, StoredSnapshot snapshot, long bytes, CompletableFuture<Void> answer)
            implements Request {
        static SnapshotRequest of(StreamId stream, StoredSnapshot snapshot) {
            return new SnapshotRequest(
                    stream, snapshot, OVERHEAD_BYTES + snapshot.payload().size(), new CompletableFuture<>());
        }
    }

    /** The removal of a stream, durable when answered. */
    record ForgetRequest(StreamId stream, long bytes, CompletableFuture<Void> answer) implements Request {
        static ForgetRequest of(StreamId stream) {
            return new ForgetRequest(stream, OVERHEAD_BYTES, new CompletableFuture<>());
        }
    }

    /** Objects, keys and the answer around a payload, roughly. */
    long OVERHEAD_BYTES = 256;

    private static long setBytes(List<SetChange> changes) {
        long bytes = 0;
        for (SetChange change : changes) {
            bytes += OVERHEAD_BYTES + change.set().length() + change.member().length();
        }
        return bytes;
    }
}
