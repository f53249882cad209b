package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.EventPage;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.SetChange;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StoredSnapshot;
import io.wavegate.persistence.journal.StreamId;
import io.wavegate.persistence.schema.DeltaApplied;
import io.wavegate.persistence.schema.WaveletSnapshot;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.codec.StoredDeltaCodec;
import io.wavegate.wavelet.codec.WaveletSnapshotCodec;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.state.WaveletState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * One wavelet's stream in the journal, in the wavelet's own terms. Immutable, safe for many threads; decoding runs on
 * {@code work}, never on the store's threads.
 */
final class WaveletHistory {
    static final String DELTA_MANIFEST = "delta-1";
    static final String SNAPSHOT_MANIFEST = "wavelet-1";

    private final Journal journal;
    private final WaveletName wavelet;
    private final StreamId stream;
    private final Executor work;

    WaveletHistory(Journal journal, WaveletName wavelet, StreamId stream, Executor work) {
        this.journal = journal;
        this.wavelet = wavelet;
        this.stream = stream;
        this.work = work;
    }

    WaveletName wavelet() {
        return wavelet;
    }

    CompletionStage<AppendResult> append(HashedVersion head, List<AppliedDelta> deltas, List<SetChange> setChanges) {
        List<StoredEvent> events = deltas.stream()
                .map(delta -> new StoredEvent(
                        delta.appliedAt().version(),
                        DELTA_MANIFEST,
                        StoredDeltaCodec.toStored(delta).toByteString()))
                .toList();
        long newHead = deltas.get(deltas.size() - 1).result().version();
        return journal.append(new Append(stream, head.version(), events, newHead, setChanges));
    }

    /** The version after the last durable delta, as the store has it now. */
    CompletionStage<Long> head() {
        return journal.head(stream);
    }

    CompletionStage<Void> changeSets(List<SetChange> changes) {
        return journal.changeSets(changes);
    }

    /** A page of deltas with {@code from <= appliedAt < until}. */
    CompletionStage<DeltaRun> read(long from, long until, long maxBytes) {
        return journal.read(stream, from, until, maxBytes).thenApplyAsync(this::decode, work);
    }

    /**
     * Whether a version is a boundary with this hash.
     *
     * @return the delta that ends there, if so; {@code boundary} is true for version 0 with its own hash too
     */
    CompletionStage<Ending> ending(HashedVersion at) {
        if (at.version() <= 0) {
            boolean zero = at.equals(HashChain.zero(wavelet));
            return CompletableFuture.completedFuture(new Ending(zero, at.version() == 0, Optional.empty()));
        }
        return journal.last(stream, at.version()).thenApplyAsync(event -> ending(at, event.map(this::decode)), work);
    }

    private static Ending ending(HashedVersion at, Optional<AppliedDelta> last) {
        Optional<AppliedDelta> delta =
                last.filter(candidate -> candidate.result().version() == at.version());
        boolean right = delta.isPresent() && delta.get().result().equals(at);
        return new Ending(right, delta.isPresent(), right ? delta : Optional.empty());
    }

    /** Where the delta that a version stands in (or begins) applied. */
    CompletionStage<Long> startOfDeltaAt(long version) {
        return journal.last(stream, version + 1)
                .thenApply(event -> event.map(StoredEvent::position).orElse(0L));
    }

    /**
     * The last boundary that is not later than a version.
     *
     * @param head where the history ends
     */
    CompletionStage<HashedVersion> boundaryAtOrBelow(long version, HashedVersion head) {
        if (version >= head.version()) {
            return CompletableFuture.completedFuture(head);
        }
        return journal.last(stream, version + 1)
                .thenApplyAsync(
                        event -> event.map(this::decode)
                                .map(AppliedDelta::appliedAt)
                                .orElseGet(() -> HashChain.zero(wavelet)),
                        work);
    }

    CompletionStage<Map<String, ByteString>> hints() {
        return journal.hints(stream);
    }

    CompletionStage<Void> putHint(String name, ByteString value) {
        return journal.putHint(stream, name, value);
    }

    CompletionStage<List<String>> departures() {
        return journal.members(SetNames.departures(wavelet), "", 10_000);
    }

    /** Its size in bytes. */
    CompletionStage<Long> saveSnapshot(WaveletState state) {
        return CompletableFuture.supplyAsync(
                        () -> new StoredSnapshot(
                                state.version().version(),
                                SNAPSHOT_MANIFEST,
                                WaveletSnapshotCodec.toStored(state).toByteString()),
                        work)
                .thenCompose(snapshot -> journal.saveSnapshot(stream, snapshot)
                        .thenApply(saved -> (long) snapshot.payload().size()));
    }

    /** The newest snapshot that can be read. One may be lost, so one that cannot be read is as good as none. */
    CompletionStage<Optional<Snapshot>> snapshot() {
        return journal.snapshot(stream)
                .thenApplyAsync(
                        stored -> stored.filter(s -> s.manifest().equals(SNAPSHOT_MANIFEST))
                                .flatMap(this::decode),
                        work);
    }

    private Optional<Snapshot> decode(StoredSnapshot stored) {
        try {
            Answer<WaveletState> state =
                    WaveletSnapshotCodec.fromStored(wavelet, WaveletSnapshot.parseFrom(stored.payload()));
            return state instanceof Answer.Ok<WaveletState> ok
                    ? Optional.of(new Snapshot(ok.value(), stored.payload().size()))
                    : Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private DeltaRun decode(EventPage page) {
        return new DeltaRun(page.events().stream().map(this::decode).toList(), page.more());
    }

    private AppliedDelta decode(StoredEvent event) {
        if (!event.manifest().equals(DELTA_MANIFEST)) {
            throw new DamagedHistoryException(
                    wavelet, event.position(), "an event of unknown kind " + event.manifest());
        }
        String cause;
        try {
            Answer<AppliedDelta> read = StoredDeltaCodec.fromStored(DeltaApplied.parseFrom(event.payload()));
            if (read instanceof Answer.Ok<AppliedDelta> ok) {
                return ok.value();
            }
            cause = ((Answer.No<AppliedDelta>) read).refusal().text();
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            cause = String.valueOf(e.getMessage());
        }
        throw new DamagedHistoryException(wavelet, event.position(), cause);
    }

    /**
     * A wavelet as it was at a version.
     *
     * @param bytes size of the stored form
     */
    record Snapshot(WaveletState state, long bytes) {}

    /**
     * Deltas in order.
     *
     * @param more true if the range asked for holds further ones
     */
    record DeltaRun(List<AppliedDelta> deltas, boolean more) {}

    /**
     * What stands at a version.
     *
     * @param right a boundary with the hash asked about
     * @param boundary a boundary, whatever its hash
     * @param delta the delta that ends there, if the hash is right
     */
    record Ending(boolean right, boolean boundary, Optional<AppliedDelta> delta) {}
}
