package io.wavegate.load.sim;

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
import java.util.function.Supplier;

/** The store as one node in one of its lives reaches it: late, unreachable, or with answers lost on the way back. */
final class NodeJournal implements Journal {
    private final SimNode node;
    private final Life life;
    private final SimStore store;
    private final World world;
    private final Bugs bugs;

    NodeJournal(SimNode node, Life life) {
        this.node = node;
        this.life = life;
        this.store = node.domain().store();
        this.world = node.world();
        this.bugs = node.domain().bugs();
    }

    private enum Fate {
        DONE,
        REFUSED,
        LOST,
        ANSWER_LOST,
        LATE
    }

    private Fate fate() {
        if (node.isCutOffFromStore()) {
            return Fate.LOST;
        }
        StoreFaults faults = store.faults();
        if (!faults.any()) {
            return Fate.DONE;
        }
        int dice = world.chance(1_000);
        if (dice < faults.refused()) {
            return Fate.REFUSED;
        }
        dice -= faults.refused();
        if (dice < faults.lost()) {
            return Fate.LOST;
        }
        dice -= faults.lost();
        if (dice < faults.answerLost()) {
            return Fate.ANSWER_LOST;
        }
        dice -= faults.answerLost();
        return dice < faults.late() ? Fate.LATE : Fate.DONE;
    }

    private long travel() {
        return world.perMille(store.faults().slow()) ? world.between(100_000, 4_000_000) : world.between(100, 1_500);
    }

    private <T> CompletionStage<T> write(Supplier<T> effect) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (life.isOver() || world.muted()) {
            return answer;
        }
        Fate fate = fate();
        switch (fate) {
            case REFUSED -> fail(answer, true, world.between(100, 2_000));
            case LOST -> fail(answer, false, world.between(1_000_000, 3_000_000));
            case LATE -> {
                fail(answer, false, world.between(1_000_000, 3_000_000));
                world.after(world.between(1_000_000, 12_000_000), () -> {
                    T unheard = effect.get();
                    world.trace().line(world, () -> node.name() + " writes late: " + unheard);
                });
            }
            case DONE, ANSWER_LOST ->
                world.after(travel(), () -> {
                    T done = effect.get();
                    if (fate == Fate.ANSWER_LOST) {
                        fail(answer, false, world.between(1_000_000, 3_000_000));
                    } else {
                        here(world.between(50, 800), () -> answer.complete(done));
                    }
                });
        }
        return answer;
    }

    private void show(Append append, AppendResult result) {
        world.trace()
                .line(
                        world,
                        () -> node.name() + " appends to " + append.stream() + " at " + append.expectedHead() + ": "
                                + result);
    }

    private <T> CompletionStage<T> read(Supplier<CompletionStage<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (life.isOver() || world.muted()) {
            return answer;
        }
        if (fate() == Fate.DONE) {
            here(travel(), () -> answer.complete(SimStore.done(question.get())));
        } else {
            fail(answer, true, world.between(100, 2_000_000));
        }
        return answer;
    }

    private void fail(CompletableFuture<?> answer, boolean nothingWritten, long after) {
        here(
                after,
                () -> answer.completeExceptionally(
                        new StoreUnavailableException("the simulated store does not answer", nothingWritten, null)));
    }

    private void here(long after, Runnable run) {
        world.after(after, node.slot(), () -> {
            if (!life.isOver()) {
                run.run();
            }
        });
    }

    @Override
    public CompletionStage<AppendResult> append(Append append) {
        Append wanted = bugs.changed(append);
        CompletionStage<AppendResult> done = write(() -> {
            AppendResult result = store.append(node, wanted);
            show(wanted, result);
            return result;
        });
        return bugs.changed(append, done);
    }

    @Override
    public CompletionStage<Long> head(StreamId stream) {
        return read(() -> node.staleHead(stream)
                .<CompletionStage<Long>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> store.journal().head(stream)));
    }

    @Override
    public CompletionStage<EventPage> read(StreamId stream, long from, long until, long maxBytes) {
        return read(() -> store.journal().read(stream, from, until, maxBytes));
    }

    @Override
    public CompletionStage<Optional<StoredEvent>> last(StreamId stream, long until) {
        return read(() -> store.journal().last(stream, until));
    }

    @Override
    public CompletionStage<Void> saveSnapshot(StreamId stream, StoredSnapshot snapshot) {
        return write(() -> {
            // A snapshot may be lost, as the contract says.
            if (!world.perMille(50)) {
                store.journal().saveSnapshot(stream, snapshot);
            }
            return null;
        });
    }

    @Override
    public CompletionStage<Optional<StoredSnapshot>> snapshot(StreamId stream) {
        return read(() -> store.journal().snapshot(stream));
    }

    @Override
    public CompletionStage<Void> putHint(StreamId stream, String name, ByteString value) {
        return write(() -> {
            // So may a hint.
            if (!world.perMille(50)) {
                store.journal().putHint(stream, name, bugs.changedHint(name, value));
            }
            return null;
        });
    }

    @Override
    public CompletionStage<Map<String, ByteString>> hints(StreamId stream) {
        return read(() -> store.journal().hints(stream));
    }

    @Override
    public CompletionStage<Void> changeSets(List<SetChange> changes) {
        return write(() -> SimStore.done(store.journal().changeSets(changes)));
    }

    @Override
    public CompletionStage<List<String>> members(String set, String after, int limit) {
        return read(() -> store.journal().members(set, after, limit));
    }

    @Override
    public CompletionStage<List<String>> sets(String prefix, String after, int limit) {
        return read(() -> store.journal().sets(prefix, after, limit));
    }

    @Override
    public CompletionStage<Void> forget(StreamId stream) {
        return write(() -> SimStore.done(store.journal().forget(stream)));
    }

    @Override
    public void close() {}
}
