package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.entity.WaveletCommand.Internal;
import io.wavegate.wavelet.replica.ReplicaEffect.AskEarlier;
import io.wavegate.wavelet.replica.ReplicaEffect.AskHistory;
import io.wavegate.wavelet.replica.ReplicaInput;
import io.wavegate.wavelet.replica.ReplicaState;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Asks a replica's host for history, and remembers when to ask again after it could not be had. */
final class HostQuestions {
    private final EntityParts parts;
    private final HostHistory history;
    private OptionalLong retryAtMillis = OptionalLong.empty();
    private int failures;
    private boolean asking;
    private long maxBytes;

    HostQuestions(EntityParts parts) {
        this.parts = parts;
        this.history = new HostHistory(parts.services(), parts.history());
        this.maxBytes = parts.settings().replica().historyBytes();
    }

    /** The domain of ours that has to do with the wavelet: one with a participant, or one that is being added. */
    Optional<String> localDomain(ReplicaState state) {
        Optional<String> member = LocalParticipation.domain(
                state.wavelet().participants(), parts.services().localDomains());
        return member.or(() -> LocalParticipation.added(
                state.pending().values(), parts.services().localDomains()));
    }

    /** The domain of ours that asks. */
    String asking(ReplicaState state) {
        return localDomain(state)
                .orElseGet(() -> LocalParticipation.any(parts.services().localDomains()));
    }

    /** How much to ask for at once. */
    long maxBytes() {
        return maxBytes;
    }

    void ask(AskHistory ask, ReplicaState state) {
        await(history.ask(asking(state), ask.from(), ask.to(), maxBytes));
    }

    void askEarlier(AskEarlier ask, ReplicaState state) {
        await(history.askEarlier(asking(state), ask, state.wavelet().version(), maxBytes));
    }

    private void await(CompletionStage<ReplicaInput> answer) {
        asking = true;
        parts.context()
                .pipeToSelf(
                        answer,
                        (input, failure) -> new Replied(input == null ? new ReplicaInput.HistoryFailed(false) : input));
    }

    void replied(Replied replied) {
        asking = false;
        answered(replied.input());
    }

    /** Remembers how the host answers, whoever asked. */
    void answered(ReplicaInput answer) {
        if (answer instanceof ReplicaInput.HistoryFailed failed) {
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
