package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.History;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.entity.WaveletCommand.Internal;
import io.wavegate.wavelet.replica.ReplicaEffect.AskHistory;
import io.wavegate.wavelet.replica.ReplicaInput;
import io.wavegate.wavelet.replica.ReplicaState;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks a replica's host for history, and remembers when to ask again after it could not be had. */
final class HostQuestions {
    private final EntityParts parts;
    private OptionalLong retryAtMillis = OptionalLong.empty();
    private int failures;
    private boolean asking;
    private long maxBytes;

    HostQuestions(EntityParts parts) {
        this.parts = parts;
        this.maxBytes = parts.settings().replica().historyBytes();
    }

    /** The domain of ours that has to do with the wavelet: one with a participant, or one that is being added. */
    Optional<String> localDomain(ReplicaState state) {
        Optional<String> member = LocalParticipation.domain(
                state.wavelet().participants(), parts.services().localDomains());
        return member.or(() -> LocalParticipation.added(
                state.pending().values(), parts.services().localDomains()));
    }

    void ask(AskHistory ask, ReplicaState state) {
        asking = true;
        String local = localDomain(state)
                .orElseGet(() -> LocalParticipation.any(parts.services().localDomains()));
        parts.context()
                .pipeToSelf(
                        history(local, ask),
                        (input, failure) -> new Replied(input == null ? new ReplicaInput.HistoryFailed(false) : input));
    }

    private CompletionStage<ReplicaInput> history(String local, AskHistory ask) {
        CompletionStage<Answer<History>> asked;
        try {
            asked = parts.services()
                    .remotes()
                    .get()
                    .history(
                            local,
                            parts.wavelet().waveletDomain(),
                            parts.wavelet(),
                            ask.from(),
                            ask.to(),
                            OptionalLong.of(maxBytes));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        return asked.thenCompose(answer -> {
            if (answer instanceof Answer.No<History> no) {
                boolean refused = no.refusal().reason() == Reason.HOST_REFUSED;
                return CompletableFuture.completedFuture(new ReplicaInput.HistoryFailed(refused));
            }
            return parts.services()
                    .intake()
                    .received(
                            Optional.of(local),
                            parts.wavelet(),
                            ((Answer.Ok<History>) answer).value().appliedDeltas())
                    .thenApply(intake -> intake.refusal().isPresent()
                            ? new ReplicaInput.HistoryFailed(false)
                            : new ReplicaInput.HistoryReply(intake.deltas()));
        });
    }

    void replied(Replied replied) {
        asking = false;
        if (replied.input() instanceof ReplicaInput.HistoryFailed failed) {
            failures++;
            // A server on the way may refuse so large an answer, and nobody tells us so.
            maxBytes = failed.refused() ? maxBytes : Math.max(1, maxBytes / 4);
        } else {
            maxBytes = Math.min(parts.settings().replica().historyBytes(), 2 * maxBytes);
        }
    }

    void progressed() {
        failures = 0;
        retryAtMillis = OptionalLong.empty();
    }

    void reachable() {
        failures = 0;
        retryAtMillis = OptionalLong.empty();
    }

    /** If history is missing and nobody is being asked, it will be asked for again, ever more rarely. */
    void retryLaterIfBehind(ReplicaState state) {
        if (!state.isBehind()) {
            retryAtMillis = OptionalLong.empty();
        } else if (!asking && retryAtMillis.isEmpty()) {
            long min = parts.settings().replica().retryMin().toMillis();
            long max = parts.settings().replica().retryMax().toMillis();
            long pause = Math.min(max, min << Math.min(failures, 20));
            retryAtMillis = OptionalLong.of(parts.now() + pause);
        }
    }

    /** True once when it is time to ask again. */
    boolean retryDue() {
        boolean due = retryAtMillis.isPresent() && retryAtMillis.getAsLong() <= parts.now();
        if (due) {
            retryAtMillis = OptionalLong.empty();
            failures++;
        }
        return due;
    }

    OptionalLong retryAt() {
        return retryAtMillis;
    }

    boolean isAsking() {
        return asking;
    }

    /** The host answered, or did not. */
    record Replied(ReplicaInput input) implements Internal {}
}
