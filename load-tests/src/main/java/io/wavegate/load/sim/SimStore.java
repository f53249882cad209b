package io.wavegate.load.sim;

import com.google.protobuf.InvalidProtocolBufferException;
import io.wavegate.load.check.Kind;
import io.wavegate.load.check.Observation;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StoredSnapshot;
import io.wavegate.persistence.journal.StreamId;
import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.persistence.schema.DeltaApplied;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.codec.StoredDeltaCodec;
import io.wavegate.wavelet.model.AppliedDelta;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** The store of one domain's nodes: the product's own in memory, which never forgets, with what happens to requests on the way. */
final class SimStore {
    private final InMemoryJournal journal = new InMemoryJournal();
    private final SimRun run;
    private final Map<SimNode, Last> lastOf = new HashMap<>();
    private StoreFaults faults = StoreFaults.NONE;

    SimStore(SimRun run) {
        this.run = run;
    }

    StoreFaults faults() {
        return faults;
    }

    void faults(StoreFaults from) {
        faults = from;
    }

    Journal journal() {
        return journal;
    }

    /** Takes effect now. */
    AppendResult append(SimNode writer, Append append) {
        AppendResult result = done(journal.append(append));
        if (result instanceof AppendResult.Fenced && run.bugs().has(Bug.SKIP_FENCE)) {
            overwrite(append);
            result = new AppendResult.Stored();
        }
        if (result instanceof AppendResult.Stored && append.stream().kind().equals("hosted")) {
            lastOf.put(writer, new Last(append, run.world().now()));
            append.events().forEach(event -> stored(writer, append.stream().key(), event));
        }
        return result;
    }

    /** A node has died: a disk that lied loses what was written last. */
    void died(SimNode writer) {
        Last last = lastOf.remove(writer);
        if (last == null
                || !run.bugs().has(Bug.FORGETFUL_DISK)
                || run.world().now() - last.at() > 2_000_000
                || done(journal.head(last.append().stream())) != last.append().newHead()) {
            return;
        }
        StreamId stream = last.append().stream();
        List<StoredEvent> kept = done(journal.read(stream, 0, last.append().expectedHead(), Long.MAX_VALUE))
                .events();
        if (!kept.isEmpty()) {
            journal.forget(stream);
            done(journal.append(new Append(stream, 0, kept, last.append().expectedHead(), List.of())));
        }
    }

    private record Last(Append append, long at) {}

    // As a plain insert does: what stood at the same positions is gone.
    private void overwrite(Append append) {
        TreeMap<Long, StoredEvent> all = new TreeMap<>();
        done(journal.read(append.stream(), 0, Long.MAX_VALUE, Long.MAX_VALUE))
                .events()
                .forEach(event -> all.put(event.position(), event));
        append.events().forEach(event -> all.put(event.position(), event));
        long head = Math.max(append.newHead(), done(journal.head(append.stream())));
        Optional<StoredSnapshot> snapshot = done(journal.snapshot(append.stream()));
        journal.forget(append.stream());
        done(journal.append(new Append(append.stream(), 0, List.copyOf(all.values()), head, append.setChanges())));
        snapshot.ifPresent(kept -> journal.saveSnapshot(append.stream(), kept));
    }

    private void stored(SimNode writer, String wavelet, StoredEvent event) {
        AppliedDelta delta = decode(event);
        long now = run.world().now();
        run.stored(wavelet, delta.result());
        run.observe(new Observation(
                Kind.STORED,
                writer.name(),
                writer.domain().name(),
                wavelet,
                delta.appliedAt().version(),
                delta.result().version(),
                Hex.of(delta.result().historyHash()),
                Hex.of(delta.payloadHash()),
                now,
                now));
    }

    static AppliedDelta decode(StoredEvent event) {
        try {
            Answer<AppliedDelta> read = StoredDeltaCodec.fromStored(DeltaApplied.parseFrom(event.payload()));
            if (read instanceof Answer.Ok<AppliedDelta> ok) {
                return ok.value();
            }
            throw new IllegalStateException(read.toString());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
