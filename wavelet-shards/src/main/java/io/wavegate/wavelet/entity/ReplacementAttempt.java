package io.wavegate.wavelet.entity;

import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.Generations.Candidate;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.model.Participants;
import io.wavegate.wavelet.replica.ReplicaEffect;
import io.wavegate.wavelet.replica.ReplicaInput;
import io.wavegate.wavelet.replica.ReplicaState;
import io.wavegate.wavelet.state.WaveletState;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes a candidate complete: copies what both histories have in common, then fetches from the host what comes after it,
 * with the checks that every delta of a host passes. Page by page, each durable before the next: however often it is
 * interrupted, the next attempt goes on where this one ended, and no history is held in memory as a whole.
 */
final class ReplacementAttempt {
    // Then others have their turn: a host whose history never ends must not keep the place.
    private static final long LONGEST_MILLIS = 60_000;

    private final WaveletServices services;
    private final WaveletHistory current;
    private final WaveletHistory history;
    private final Candidate candidate;
    private final String localDomain;
    private final long maxBytes;
    private final long pageBytes;
    private volatile boolean stopped;
    private long untilMillis;

    ReplacementAttempt(
            WaveletServices services, WaveletHistory current, Candidate candidate, String localDomain, long maxBytes) {
        this.services = services;
        this.current = current;
        this.history = services.replica(current.wavelet(), candidate.generation());
        this.candidate = candidate;
        this.localDomain = localDomain;
        this.maxBytes = maxBytes;
        this.pageBytes = services.settings().reading().pageBytes();
    }

    /** What an attempt comes to. */
    sealed interface Outcome {
        /**
         * The candidate has reached its target.
         *
         * @param ownDeltas how many deltas of our users stand in the current history after what is in common
         */
        record Complete(HashedVersion head, Participants participants, long ownDeltas) implements Outcome {}

        /** It has worked long enough, or is to stop. */
        record Paused() implements Outcome {}

        /** The host does not answer, or not usefully. */
        record Unanswered() implements Outcome {}

        /** The host refuses to go on from where the candidate stands. */
        record Refused() implements Outcome {}

        /** What the host told does not make a history. */
        record Misfit(String why) implements Outcome {}
    }

    /** Goes on until there is an outcome; fails if the store does, or another node owns the wavelet by now. */
    CompletionStage<Outcome> run() {
        untilMillis = services.steady().getAsLong() + LONGEST_MILLIS;
        return new WaveletLoader(history, services.settings().tail()).load().thenCompose(loaded -> {
            SnapshotPolicy snapshots = new SnapshotPolicy(services.settings().lifecycle(), loaded);
            return copy(loaded.state(), loaded.tail(), snapshots);
        });
    }

    /** Ends soon, unfinished. */
    void stop() {
        stopped = true;
    }

    private boolean isOver() {
        return stopped || services.steady().getAsLong() > untilMillis;
    }

    private CompletionStage<Outcome> copy(WaveletState state, HistoryTail tail, SnapshotPolicy snapshots) {
        long at = state.version().version();
        if (isOver()) {
            return CompletableFuture.completedFuture(new Outcome.Paused());
        } else if (at >= candidate.common().version()) {
            return at > candidate.target().version() ? passedTarget(state) : ask(state, tail, snapshots);
        }
        return current.read(at, candidate.common().version(), pageBytes).thenCompose(run -> {
            WaveletState next = applied(state, run.deltas());
            return stored(state, run.deltas(), next, snapshots)
                    .thenCompose(done -> copy(next, trimmed(tail.appendAll(run.deltas())), snapshots));
        });
    }

    private WaveletState applied(WaveletState before, List<AppliedDelta> deltas) {
        WaveletState state = before;
        for (AppliedDelta delta : deltas) {
            Answer<WaveletState> next = state.apply(delta);
            if (next instanceof Answer.No<WaveletState> no) {
                throw new DamagedHistoryException(
                        current.wavelet(),
                        delta.appliedAt().version(),
                        no.refusal().text());
            }
            state = ((Answer.Ok<WaveletState>) next).value();
        }
        return state;
    }

    private CompletionStage<Void> stored(
            WaveletState before, List<AppliedDelta> deltas, WaveletState after, SnapshotPolicy snapshots) {
        return history.append(before.version(), deltas, List.of()).thenAccept(result -> {
            if (!(result instanceof AppendResult.Stored)) {
                throw new IllegalStateException("another node fetches this history by now");
            }
            if (snapshots.due(deltas)) {
                history.saveSnapshot(after).thenAccept(snapshots::written);
            }
        });
    }

    private HistoryTail trimmed(HistoryTail tail) {
        return tail.trim(
                services.settings().tail().maxDeltas(),
                services.settings().tail().maxBytes());
    }

    // An earlier attempt got more than it had asked for, and was interrupted then.
    private CompletionStage<Outcome> passedTarget(WaveletState state) {
        return history.ending(candidate.target())
                .thenCompose(ending -> ending.right()
                        ? complete(state)
                        : misfit("the host's history passes " + candidate.target() + " by"));
    }

    private CompletionStage<Outcome> ask(WaveletState state, HistoryTail tail, SnapshotPolicy snapshots) {
        if (state.version().equals(candidate.target())) {
            return complete(state);
        } else if (isOver()) {
            return CompletableFuture.completedFuture(new Outcome.Paused());
        } else if (state.version().version() >= candidate.target().version()) {
            return misfit("the host's history has another hash at " + state.version() + " than it told before");
        }
        return new HostHistory(services, history)
                .ask(localDomain, state.version(), candidate.target(), maxBytes)
                .thenCompose(input -> {
                    if (input instanceof ReplicaInput.HistoryReply reply
                            && !reply.deltas().isEmpty()) {
                        return replay(state, tail, reply, snapshots);
                    }
                    boolean refused = input instanceof ReplicaInput.HistoryFailed failed && failed.refused();
                    return CompletableFuture.completedFuture(
                            refused ? new Outcome.Refused() : new Outcome.Unanswered());
                });
    }

    private CompletionStage<Outcome> replay(
            WaveletState state, HistoryTail tail, ReplicaInput reply, SnapshotPolicy snapshots) {
        return new ReplicaDecider(history)
                .decide(ReplicaState.of(state), tail, List.of(reply))
                .thenCompose(step -> {
                    List<AppliedDelta> deltas = step.applied();
                    if (deltas.isEmpty()) {
                        return misfit(step.effects().stream()
                                .filter(ReplicaEffect.Quarantined.class::isInstance)
                                .map(effect -> ((ReplicaEffect.Quarantined) effect)
                                        .evidence()
                                        .text())
                                .findFirst()
                                .orElse("what it told does not follow version "
                                        + state.version().version()));
                    }
                    WaveletState next = step.next().wavelet();
                    boolean reached =
                            deltas.stream().anyMatch(delta -> delta.result().equals(candidate.target()));
                    return stored(state, deltas, next, snapshots)
                            .thenCompose(done -> reached ? complete(next) : ask(next, trimmed(step.tail()), snapshots));
                });
    }

    private CompletionStage<Outcome> complete(WaveletState state) {
        return countOwn(candidate.common().version(), 0)
                .thenApply(own -> new Outcome.Complete(state.version(), state.participants(), own));
    }

    private CompletionStage<Long> countOwn(long from, long soFar) {
        Set<String> ours = services.localDomains();
        return current.read(from, Long.MAX_VALUE, pageBytes).thenCompose(run -> {
            long own = soFar
                    + run.deltas().stream()
                            .filter(delta -> ours.contains(delta.author().domain()))
                            .count();
            return run.more()
                    ? countOwn(
                            run.deltas().get(run.deltas().size() - 1).result().version(), own)
                    : CompletableFuture.completedFuture(own);
        });
    }

    private static CompletionStage<Outcome> misfit(String why) {
        return CompletableFuture.completedFuture(new Outcome.Misfit(why));
    }
}
