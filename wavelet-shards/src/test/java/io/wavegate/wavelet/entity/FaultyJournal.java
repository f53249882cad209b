package io.wavegate.wavelet.entity;

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
import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.wavelet.model.WaveletName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A journal in memory that a test makes slow, full, or fenced. Counts the appends of wavelets. */
final class FaultyJournal implements Journal {
    private final Journal good = new InMemoryJournal();
    private final List<Runnable> held = new ArrayList<>();
    private final List<Append> appends = new ArrayList<>();
    private boolean hold;
    private Predicate<Append> holdWhich = append -> false;
    private CompletableFuture<Void> reads = CompletableFuture.completedFuture(null);
    private boolean full;
    private boolean loseNextAnswer;
    private Predicate<Append> broken = append -> false;
    private int faults;
    private int loads;
    private final List<StreamId> heads = new ArrayList<>();

    /** From now on appends wait for {@link #release}. */
    synchronized void hold() {
        hold = true;
    }

    /** From now on histories and snapshots are read only after {@link #releaseReads}. */
    synchronized void holdReads() {
        reads = new CompletableFuture<>();
    }

    synchronized void releaseReads() {
        reads.complete(null);
    }

    private synchronized <T> CompletionStage<T> held(Supplier<CompletionStage<T>> read) {
        return reads.thenCompose(released -> read.get());
    }

    /** From now on these appends are kept back, as if the node died before. */
    synchronized void holdWhen(Predicate<Append> which) {
        holdWhich = which;
    }

    /** What was held back never happens, and nothing is held back any more. */
    synchronized void drop() {
        hold = false;
        holdWhich = append -> false;
        held.clear();
    }

    void release() {
        List<Runnable> ready;
        synchronized (this) {
            hold = false;
            holdWhich = append -> false;
            ready = List.copyOf(held);
            held.clear();
        }
        ready.forEach(Runnable::run);
    }

    /** Every write and read fails, or works again. */
    synchronized void full(boolean now) {
        full = now;
    }

    /** The next append is written, and its answer is an error. */
    synchronized void loseNextAnswer() {
        loseNextAnswer = true;
    }

    /** From now on such appends throw, as no journal may: a fault in the middle of a wavelet. */
    synchronized void breakAppends(Predicate<Append> which) {
        broken = which;
    }

    /** How often an append has thrown. */
    synchronized int faults() {
        return faults;
    }

    /** How often loading a wavelet has begun. */
    synchronized int loads() {
        return loads;
    }

    /** How often it was asked for the head of a hosted wavelet. */
    synchronized long heads(WaveletName wavelet) {
        return heads.stream()
                .filter(new StreamId("hosted", wavelet.toUri())::equals)
                .count();
    }

    synchronized int held() {
        return held.size();
    }

    /** Appends to streams of hosted wavelets and replicas so far. */
    synchronized List<Append> appends() {
        return List.copyOf(appends);
    }

    Journal good() {
        return good;
    }

    @Override
    public CompletionStage<AppendResult> append(Append append) {
        if (append.stream().kind().equals("signer")) {
            return good.append(append);
        }
        CompletableFuture<AppendResult> answer = new CompletableFuture<>();
        Runnable write = () -> write(append, answer);
        synchronized (this) {
            if (broken.test(append)) {
                faults++;
                throw new IllegalStateException("a fault that the test wants");
            }
            if (hold || holdWhich.test(append)) {
                held.add(write);
                return answer;
            }
        }
        write.run();
        return answer;
    }

    private void write(Append append, CompletableFuture<AppendResult> answer) {
        boolean lose;
        synchronized (this) {
            if (full) {
                answer.completeExceptionally(unavailable(true));
                return;
            }
            appends.add(append);
            lose = loseNextAnswer;
            loseNextAnswer = false;
        }
        good.append(append).whenComplete((result, failure) -> {
            if (lose) {
                answer.completeExceptionally(unavailable(false));
            } else {
                answer.complete(result);
            }
        });
    }

    private static StoreUnavailableException unavailable(boolean nothingWritten) {
        return new StoreUnavailableException("no space left", nothingWritten, null);
    }

    private synchronized <T> CompletionStage<T> orFull(CompletionStage<T> answer) {
        return full ? CompletableFuture.failedFuture(unavailable(true)) : answer;
    }

    @Override
    public CompletionStage<Long> head(StreamId stream) {
        synchronized (this) {
            heads.add(stream);
        }
        return orFull(good.head(stream));
    }

    @Override
    public CompletionStage<EventPage> read(StreamId stream, long from, long until, long maxBytes) {
        return held(() -> orFull(good.read(stream, from, until, maxBytes)));
    }

    @Override
    public CompletionStage<Optional<StoredEvent>> last(StreamId stream, long until) {
        return orFull(good.last(stream, until));
    }

    @Override
    public CompletionStage<Void> saveSnapshot(StreamId stream, StoredSnapshot snapshot) {
        return orFull(good.saveSnapshot(stream, snapshot));
    }

    @Override
    public CompletionStage<Optional<StoredSnapshot>> snapshot(StreamId stream) {
        synchronized (this) {
            loads++;
        }
        return held(() -> orFull(good.snapshot(stream)));
    }

    @Override
    public CompletionStage<Void> putHint(StreamId stream, String name, ByteString value) {
        return orFull(good.putHint(stream, name, value));
    }

    @Override
    public CompletionStage<Map<String, ByteString>> hints(StreamId stream) {
        return orFull(good.hints(stream));
    }

    @Override
    public CompletionStage<Void> changeSets(List<SetChange> changes) {
        return orFull(good.changeSets(changes));
    }

    @Override
    public CompletionStage<List<String>> members(String set, String after, int limit) {
        return orFull(good.members(set, after, limit));
    }

    @Override
    public CompletionStage<List<String>> sets(String prefix, String after, int limit) {
        return orFull(good.sets(prefix, after, limit));
    }

    @Override
    public CompletionStage<Void> forget(StreamId stream) {
        return orFull(good.forget(stream));
    }

    @Override
    public void close() {
        good.close();
    }
}
