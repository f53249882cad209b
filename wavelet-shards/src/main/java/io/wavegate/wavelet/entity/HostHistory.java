package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.History;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.replica.ReplicaEffect.AskEarlier;
import io.wavegate.wavelet.replica.ReplicaInput;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** History of a replica as its host tells it: one question, one verified answer. Never fails: no answer is one too. */
final class HostHistory {
    private final WaveletServices services;
    private final WaveletHistory ours;

    /** Questions about the wavelet whose history with us is {@code ours}. */
    HostHistory(WaveletServices services, WaveletHistory ours) {
        this.services = services;
        this.ours = ours;
    }

    /** {@link ReplicaInput.HistoryReply} or {@link ReplicaInput.HistoryFailed}. */
    CompletionStage<ReplicaInput> ask(String local, HashedVersion from, HashedVersion to, long maxBytes) {
        return asked(local, from, to, maxBytes).exceptionally(failure -> new ReplicaInput.HistoryFailed(false));
    }

    /** From an earlier boundary of ours; compared with what we have from there on. */
    CompletionStage<ReplicaInput> askEarlier(String local, AskEarlier ask, HashedVersion head, long maxBytes) {
        return ours.boundaryAtOrBelow(ask.atOrBelow(), head)
                .thenCompose(from -> asked(local, from, ask.to(), maxBytes).thenCompose(input -> earlier(from, input)))
                .exceptionally(failure -> new ReplicaInput.HistoryFailed(false));
    }

    private CompletionStage<ReplicaInput> earlier(HashedVersion from, ReplicaInput input) {
        if (input instanceof ReplicaInput.HistoryReply reply && !reply.deltas().isEmpty()) {
            long end = reply.deltas()
                    .get(reply.deltas().size() - 1)
                    .claimedResult()
                    .version();
            long bytes =
                    reply.deltas().stream().mapToLong(d -> d.bytes().size()).sum();
            return ours.read(from.version(), end, bytes)
                    .thenApply(run -> new ReplicaInput.EarlierTold(from, reply.deltas(), run.deltas()));
        }
        boolean refused = input instanceof ReplicaInput.HistoryFailed failed && failed.refused();
        return CompletableFuture.completedFuture(
                refused ? new ReplicaInput.EarlierRefused(from) : new ReplicaInput.HistoryFailed(false));
    }

    private CompletionStage<ReplicaInput> asked(String local, HashedVersion from, HashedVersion to, long maxBytes) {
        WaveletName wavelet = ours.wavelet();
        CompletionStage<Answer<History>> asked;
        try {
            asked = services.remotes()
                    .get()
                    .history(local, wavelet.waveletDomain(), wavelet, from, to, OptionalLong.of(maxBytes));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        return asked.thenCompose(answer -> {
            if (answer instanceof Answer.No<History> no) {
                boolean refused = no.refusal().reason() == Reason.HOST_REFUSED;
                return CompletableFuture.completedFuture(new ReplicaInput.HistoryFailed(refused));
            }
            return verified(local, ((Answer.Ok<History>) answer).value());
        });
    }

    private CompletionStage<ReplicaInput> verified(String local, History history) {
        return services.intake()
                .received(Optional.of(local), ours.wavelet(), List.copyOf(history.appliedDeltas()))
                .thenApply(intake -> intake.refusal().isPresent()
                        ? new ReplicaInput.HistoryFailed(false)
                        : new ReplicaInput.HistoryReply(intake.deltas()));
    }
}
