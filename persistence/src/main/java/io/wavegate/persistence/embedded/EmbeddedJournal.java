package io.wavegate.persistence.embedded;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.AnswerLimit;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The journal in a folder of this machine, for one node.
 *
 * <p>What durable means: with {@code sync} on, an append is answered after RocksDB wrote it to its log and called
 * fdatasync on that file, so it outlives the death of the process, of the kernel and of the power, if the disk keeps its
 * own word. With {@code sync} off it is answered after the write call: it outlives the death of the process, and not
 * always that of the kernel or the power. Snapshots and hints are written in the same order into the same log, but
 * nobody waits for them: after a power loss they may be older than the events, never newer.
 */
public final class EmbeddedJournal implements Journal {
    private final Failures failures;
    private final DatabaseGate gate;
    private final CommitQueue queue;
    private final PendingHints hints = new PendingHints();
    private final Committer committer;
    private final Thread committing;
    private final Readers readers;
    private final AnswerLimit limit;

    private EmbeddedJournal(EmbeddedSettings settings, Committer.Writer writer) {
        failures = new Failures(settings.folder());
        gate = new DatabaseGate(settings, failures);
        queue = new CommitQueue(settings.maxQueuedBytes());
        committer = new Committer(settings, failures, gate, queue, hints, writer);
        readers = new Readers(settings, failures, gate);
        limit = new AnswerLimit(settings.answerLimit());
        committing = new Thread(committer, "wavegate-store-commit");
        committing.setDaemon(true);
        committing.start();
    }

    /**
     * Opens the folder, creating it if it is missing.
     *
     * @throws StoreUnavailableException if it cannot be used: not a folder, not writable, in use, damaged, no space
     */
    public static EmbeddedJournal open(EmbeddedSettings settings) {
        return open(settings, Database::write);
    }

    static EmbeddedJournal open(EmbeddedSettings settings, Committer.Writer writer) {
        Folder.ready(settings.folder());
        return new EmbeddedJournal(settings, writer);
    }

    @Override
    public CompletionStage<AppendResult> append(Append append) {
        Request.AppendRequest request = Request.AppendRequest.of(append);
        return submitted(request, request.answer());
    }

    @Override
    public CompletionStage<Long> head(StreamId stream) {
        return read(queries -> queries.head(stream));
    }

    @Override
    public CompletionStage<EventPage> read(StreamId stream, long from, long until, long maxBytes) {
        return read(queries -> queries.read(stream, from, until, maxBytes));
    }

    @Override
    public CompletionStage<Optional<StoredEvent>> last(StreamId stream, long until) {
        return read(queries -> queries.last(stream, until));
    }

    @Override
    public CompletionStage<Void> saveSnapshot(StreamId stream, StoredSnapshot snapshot) {
        Request.SnapshotRequest request = Request.SnapshotRequest.of(stream, snapshot);
        return submitted(request, request.answer());
    }

    @Override
    public CompletionStage<Optional<StoredSnapshot>> snapshot(StreamId stream) {
        return read(queries -> queries.snapshot(stream));
    }

    @Override
    public CompletionStage<Void> putHint(StreamId stream, String name, ByteString value) {
        hints.put(stream, name, value);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Map<String, ByteString>> hints(StreamId stream) {
        Map<String, ByteString> newer = hints.of(stream);
        return read(queries -> {
            Map<String, ByteString> all = new HashMap<>(queries.hints(stream));
            all.putAll(newer);
            return all;
        });
    }

    @Override
    public CompletionStage<Void> changeSets(List<SetChange> changes) {
        Request.SetsRequest request = Request.SetsRequest.of(changes);
        return submitted(request, request.answer());
    }

    @Override
    public CompletionStage<List<String>> members(String set, String after, int limit) {
        return read(queries -> queries.members(set, after, limit));
    }

    @Override
    public CompletionStage<List<String>> sets(String prefix, String after, int limit) {
        return read(queries -> queries.sets(prefix, after, limit));
    }

    @Override
    public CompletionStage<Void> forget(StreamId stream) {
        Request.ForgetRequest request = Request.ForgetRequest.of(stream);
        return submitted(request, request.answer());
    }

    @Override
    public void close() {
        queue.close();
        boolean interrupted = false;
        while (committing.isAlive()) {
            try {
                committing.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        readers.close();
        gate.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> CompletionStage<T> read(Readers.Question<T> question) {
        return limit.on(readers.ask(question), failures::late);
    }

    private <T> CompletionStage<T> submitted(Request request, CompletionStage<T> answer) {
        submit(request);
        return limit.on(answer, failures::late);
    }

    private void submit(Request request) {
        Optional<StoreUnavailableException> refusal = committer.refusal();
        if (refusal.isPresent()) {
            request.fail(refusal.get());
            return;
        }
        switch (queue.offer(request)) {
            case ACCEPTED -> {}
            case FULL -> request.fail(failures.overloaded("changes", "max-queued-bytes"));
            case CLOSED -> request.fail(failures.closed());
        }
    }
}
