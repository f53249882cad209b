package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.replica.ReplicaEffect;
import io.wavegate.wavelet.replica.ReplicaInput;
import io.wavegate.wavelet.replica.ReplicaLimits;
import io.wavegate.wavelet.replica.ReplicaState;
import io.wavegate.wavelet.replica.ReplicaStep;
import io.wavegate.wavelet.replica.WaveletReplica;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Decides a run of inputs one after the other; reads older history where a delta of the host reaches back. */
final class ReplicaDecider {
    // As far as the core lets a host's delta reach back, in deltas instead of versions.
    private static final int MAX_LATE_DELTAS = Math.toIntExact(ReplicaLimits.DEFAULTS.maxLateOperations());

    private final WaveletHistory history;

    ReplicaDecider(WaveletHistory history) {
        this.history = history;
    }

    CompletionStage<Outcome> decide(ReplicaState state, HistoryTail tail, List<ReplicaInput> inputs) {
        try {
            return step(new Outcome(state, tail, List.of(), List.of()), inputs);
        } catch (RuntimeException | StackOverflowError e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<Outcome> step(Outcome before, List<ReplicaInput> inputs) {
        Outcome now = before;
        for (int i = 0; i < inputs.size(); i++) {
            ReplicaStep step = WaveletReplica.step(now.next(), now.tail(), inputs.get(i), ReplicaLimits.DEFAULTS);
            if (step instanceof ReplicaStep.NeedsHistory needs) {
                Outcome stopped = now;
                List<ReplicaInput> rest = inputs.subList(i, inputs.size());
                return new OlderHistory(history, MAX_LATE_DELTAS)
                        .before(now.tail(), needs.fromVersion())
                        .thenCompose(longer -> step(stopped.withTail(longer), rest));
            }
            now = now.after((ReplicaStep.Proceed) step);
        }
        return CompletableFuture.completedFuture(now);
    }

    /**
     * What a run of inputs leads to.
     *
     * @param next the state after all
     * @param tail recent history ending there, not yet trimmed
     * @param applied to be made durable before anything else
     * @param effects to be carried out then
     */
    record Outcome(ReplicaState next, HistoryTail tail, List<AppliedDelta> applied, List<ReplicaEffect> effects) {
        Outcome withTail(HistoryTail longer) {
            return new Outcome(next, longer, applied, effects);
        }

        Outcome after(ReplicaStep.Proceed step) {
            List<AppliedDelta> all = new ArrayList<>(applied);
            all.addAll(step.applied());
            List<ReplicaEffect> more = new ArrayList<>(effects);
            more.addAll(step.effects());
            return new Outcome(step.next(), tail.appendAll(step.applied()), all, more);
        }
    }
}
