package io.wavegate.wavelet.entity;

import com.google.protobuf.InvalidProtocolBufferException;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.SetChange;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StreamId;
import io.wavegate.persistence.schema.ReplicaGenerations;
import io.wavegate.wavelet.codec.GenerationsCodec;
import io.wavegate.wavelet.model.Generations;
import io.wavegate.wavelet.model.WaveletName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps which streams hold the history of a replica, in a stream of its own. Each change is one append on condition, so
 * that of two owners one is fenced, and the switch from one generation to the next happens as a whole or not at all.
 */
final class GenerationLog {
    static final String MANIFEST = "generations-1";

    private static final Logger LOG = LoggerFactory.getLogger(GenerationLog.class);

    private final Journal journal;
    private final WaveletName wavelet;
    private final StreamId stream;

    GenerationLog(Journal journal, WaveletName wavelet) {
        this.journal = journal;
        this.wavelet = wavelet;
        this.stream = new StreamId("replica-log", wavelet.toUri());
    }

    /** The stream of a generation. */
    static StreamId streamOf(WaveletName wavelet, long generation) {
        return new StreamId(generation == 0 ? "replica" : "replica-" + generation, wavelet.toUri());
    }

    /** The generations as they are; what was to be removed has been. */
    CompletionStage<Logged> load() {
        return journal.last(stream, Long.MAX_VALUE)
                .thenApply(last -> last.map(this::decode).orElse(Logged.NOTHING))
                .thenCompose(this::sweep);
    }

    /** Notes a change; on success the log's head is {@code logged.after(changed)}. */
    CompletionStage<AppendResult> append(Logged logged, Generations changed, List<SetChange> setChanges) {
        StoredEvent event = new StoredEvent(
                logged.head(), MANIFEST, GenerationsCodec.toStored(changed).toByteString());
        return journal.append(new Append(stream, logged.head(), List.of(event), logged.head() + 1, setChanges));
    }

    // Whatever fails here is done at the next loading.
    private CompletionStage<Logged> sweep(Logged logged) {
        List<Long> discarded = logged.generations().discarded();
        if (discarded.isEmpty()) {
            return CompletableFuture.completedFuture(logged);
        }
        Generations swept = logged.generations().swept();
        CompletableFuture<?>[] removals = discarded.stream()
                .map(generation -> journal.forget(streamOf(wavelet, generation)).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(removals)
                .thenCompose(done -> append(logged, swept, List.of()))
                .handle((result, failure) -> {
                    if (result instanceof AppendResult.Stored) {
                        return logged.after(swept);
                    }
                    LOG.warn(
                            "Discarded histories of wavelet {} are not removed yet; next try when it is loaded again."
                                    + " Cause: {}",
                            wavelet,
                            failure == null ? "another node owns it by now" : failure.toString());
                    return logged;
                });
    }

    private Logged decode(StoredEvent event) {
        try {
            if (event.manifest().equals(MANIFEST)) {
                Generations generations = GenerationsCodec.fromStored(ReplicaGenerations.parseFrom(event.payload()));
                return new Logged(event.position() + 1, generations);
            }
        } catch (InvalidProtocolBufferException e) {
            throw new DamagedHistoryException(wavelet, event.position(), "its generations: " + e.getMessage());
        }
        throw new DamagedHistoryException(wavelet, event.position(), "generations of unknown kind " + event.manifest());
    }

    /**
     * The log as read.
     *
     * @param head where the next change goes
     */
    record Logged(long head, Generations generations) {
        static final Logged NOTHING = new Logged(0, Generations.FIRST);

        Logged after(Generations changed) {
            return new Logged(head + 1, changed);
        }

        Optional<Generations.Candidate> candidate() {
            return generations.candidate();
        }
    }
}
