package io.wavegate.wavelet.entity;

import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.wavelet.entity.WaveletCommand.Internal;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.replica.ReplicaInput;
import io.wavegate.wavelet.replica.ReplicaState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Batches of what a replica is told, from their decision, for which history may have to be read, until they are durable. */
final class ReplicaBatches {
    private final EntityParts parts;
    private boolean writing;

    ReplicaBatches(EntityParts parts) {
        this.parts = parts;
    }

    /** An append is under way, whose outcome is not known. */
    boolean isWriting() {
        return writing;
    }

    /** {@link Decided} is to come. */
    void decide(ReplicaState state, HistoryTail tail, List<ReplicaInput> inputs) {
        parts.context()
                .pipeToSelf(
                        new ReplicaDecider(parts.history()).decide(state, tail, inputs),
                        (decided, failure) -> new Decided(decided, failure));
    }

    /** Makes durable what was decided; {@link Written} is to come. */
    void write(ReplicaState state, ReplicaDecider.Outcome outcome) {
        writing = true;
        parts.context()
                .pipeToSelf(
                        parts.history()
                                .append(
                                        state.wavelet().version(),
                                        outcome.applied(),
                                        Memberships.ofUsers(
                                                parts.wavelet(),
                                                outcome.applied(),
                                                outcome.next().wavelet().participants(),
                                                parts.services().localDomains())),
                        (result, failure) -> new Written(outcome, result, failure));
    }

    void written() {
        writing = false;
    }

    /** Decided, or not, as history could not be read. */
    record Decided(ReplicaDecider.@Nullable Outcome outcome, @Nullable Throwable failure) implements Internal {}

    /** Written, fenced, or not known to be either. */
    record Written(ReplicaDecider.Outcome outcome, @Nullable AppendResult result, @Nullable Throwable failure)
            implements Internal {}
}
