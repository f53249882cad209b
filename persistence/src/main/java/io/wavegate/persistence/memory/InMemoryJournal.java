package io.wavegate.persistence.memory;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A journal in the heap: everything is lost when the process ends, and it grows without bound. For trials, benchmarks
 * and tests ({@code wavegate.store.kind = memory}).
 *
 * <p>Every stage is complete when the method returns, so that single-threaded simulations stay deterministic.
 */
public final class InMemoryJournal implements Journal {
    private final Map<StreamId, MemoryStream> streams = new ConcurrentHashMap<>();
    private final MemorySets sets = new MemorySets();
    private volatile boolean closed;

    @Override
    public CompletionStage<AppendResult> append(Append append) {
        return answer(() -> stream(append.stream()).append(append, () -> sets.change(append.setChanges())));
    }

    @Override
    public CompletionStage<Long> head(StreamId stream) {
        return answer(() -> stream(stream).head());
    }

    @Override
    public CompletionStage<EventPage> read(StreamId stream, long from, long until, long maxBytes) {
        return answer(() -> stream(stream).read(from, until, maxBytes));
    }

    @Override
    public CompletionStage<Optional<StoredEvent>> last(StreamId stream, long until) {
        return answer(() -> stream(stream).last(until));
    }

    @Override
    public CompletionStage<Void> saveSnapshot(StreamId stream, StoredSnapshot snapshot) {
        return run(() -> stream(stream).saveSnapshot(snapshot));
    }

    @Override
    public CompletionStage<Optional<StoredSnapshot>> snapshot(StreamId stream) {
        return answer(() -> stream(stream).snapshot());
    }

    @Override
    public CompletionStage<Void> putHint(StreamId stream, String name, ByteString value) {
        return run(() -> stream(stream).putHint(name, value));
    }

    @Override
    public CompletionStage<Map<String, ByteString>> hints(StreamId stream) {
        return answer(() -> stream(stream).hints());
    }

    @Override
    public CompletionStage<Void> changeSets(List<SetChange> changes) {
        return run(() -> sets.change(changes));
    }

    @Override
    public CompletionStage<List<String>> members(String set, String after, int limit) {
        return answer(() -> sets.members(set, after, limit));
    }

    @Override
    public CompletionStage<List<String>> sets(String prefix, String after, int limit) {
        return answer(() -> sets.names(prefix, after, limit));
    }

    @Override
    public CompletionStage<Void> forget(StreamId stream) {
        return run(() -> streams.remove(stream));
    }

    @Override
    public void close() {
        closed = true;
    }

    private MemoryStream stream(StreamId id) {
        return streams.computeIfAbsent(id, ignored -> new MemoryStream());
    }

    private CompletionStage<Void> run(Runnable change) {
        if (closed) {
            return CompletableFuture.failedFuture(closedStore());
        }
        change.run();
        return CompletableFuture.completedFuture(null);
    }

    private <T> CompletionStage<T> answer(Supplier<T> question) {
        if (closed) {
            return CompletableFuture.failedFuture(closedStore());
        }
        return CompletableFuture.completedFuture(question.get());
    }

    private static StoreUnavailableException closedStore() {
        return new StoreUnavailableException(
                "The store in memory is closed because this node is stopping. Ask another node, or start this one again.",
                true,
                null);
    }
}
