package io.wavegate.wavelet.entity;

import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.SetChange;
import io.wavegate.wavelet.entity.GenerationLog.Logged;
import io.wavegate.wavelet.entity.ReplacementAttempt.Outcome;
import io.wavegate.wavelet.entity.WaveletCommand.Internal;
import io.wavegate.wavelet.model.Generations;
import io.wavegate.wavelet.replica.Divergence;
import io.wavegate.wavelet.replica.ReplicaEffect.Replace;
import io.wavegate.wavelet.replica.ReplicaState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a replica's history by the one that its host has by now: begins the candidate, lets attempts work on it, and
 * notes how it ended. After either end the wavelet is loaded again, from what is noted.
 */
final class ReplicaReplacement {
    // A host that is being started may refuse what it knows again a moment later.
    private static final int REFUSALS = 3;

    private final EntityParts parts;
    private final GenerationLog log;
    private Logged logged;
    private Optional<ReplacementAttempt> attempt = Optional.empty();
    private boolean noting;
    private boolean saidThatItWaits;
    private int refusals;

    ReplicaReplacement(EntityParts parts) {
        this.parts = parts;
        this.log = parts.generationLog();
        this.logged = parts.generations();
    }

    /** What was being replaced when the wavelet was loaded. */
    Optional<Divergence> unfinished() {
        return logged.candidate().map(candidate -> new Divergence.Found(candidate.common(), candidate.target()));
    }

    boolean isRunning() {
        return attempt.isPresent() || noting;
    }

    /** True if there is a candidate to work on. */
    boolean isBegun() {
        return logged.candidate().isPresent();
    }

    /** Begins; false if it may not be begun now. */
    boolean begin(Replace replace, String localDomain, long maxBytes) {
        long may = logged.generations()
                .mayBeginAtMillis(parts.settings().replica().replacePause().toMillis());
        if (parts.now() < may) {
            sayThatItWaits(may);
            return false;
        }
        if (!permits().tryAcquire()) {
            return false;
        }
        Generations begun = logged.generations().begin(replace.common(), replace.to(), parts.now());
        SetChange behind = SetChange.add(
                SetNames.behind(localDomain, parts.wavelet().waveletDomain()),
                parts.wavelet().toUri());
        ReplacementAttempt first = attempt(begun, localDomain, maxBytes);
        CompletionStage<Outcome> outcome = log.append(logged, begun, List.of(behind))
                .thenCompose(result -> {
                    if (result instanceof AppendResult.Stored) {
                        return first.run();
                    }
                    throw new IllegalStateException("another node owns the wavelet by now");
                });
        logged = logged.after(begun);
        await(first, outcome);
        return true;
    }

    /** Goes on with the candidate; false if nothing can be done now. */
    boolean resume(String localDomain, long maxBytes) {
        if (isRunning() || !isBegun() || !permits().tryAcquire()) {
            return false;
        }
        ReplacementAttempt next = attempt(logged.generations(), localDomain, maxBytes);
        await(next, next.run());
        return true;
    }

    private ReplacementAttempt attempt(Generations generations, String localDomain, long maxBytes) {
        return new ReplacementAttempt(
                parts.services(), parts.history(), generations.candidate().orElseThrow(), localDomain, maxBytes);
    }

    private void await(ReplacementAttempt running, CompletionStage<Outcome> outcome) {
        attempt = Optional.of(running);
        parts.context()
                .pipeToSelf(
                        outcome.whenComplete((done, failure) -> permits().release()),
                        (done, failure) -> new Attempted(running, done, failure));
    }

    void stop() {
        attempt.ifPresent(ReplacementAttempt::stop);
    }

    /** False if the attempt was begun before the wavelet was loaded again. */
    boolean isOf(Attempted attempted) {
        return attempt.filter(running -> running == attempted.attempt()).isPresent();
    }

    /** An attempt has ended. True if the end of the replacement is being noted: {@link Noted} is to come. */
    boolean attempted(Attempted attempted, ReplicaState state) {
        attempt = Optional.empty();
        Outcome outcome = attempted.outcome();
        if (outcome == null) {
            parts.context()
                    .getLog()
                    .warn(
                            "The other history of wavelet {} could not be fetched further now; it is tried again."
                                    + " Cause: {}",
                            parts.wavelet(),
                            String.valueOf(attempted.failure()));
            return false;
        }
        refusals = outcome instanceof Outcome.Refused ? refusals + 1 : 0;
        if (outcome instanceof Outcome.Complete complete) {
            long head = state.wavelet().version().version();
            int kept = parts.settings().replica().keptGenerations();
            note(
                    logged.generations().complete(head, kept, parts.now()),
                    Memberships.afterReplacement(
                            parts.wavelet(),
                            state.wavelet().participants(),
                            complete.participants(),
                            parts.services().localDomains()),
                    outcome);
            return true;
        } else if (outcome instanceof Outcome.Misfit || refusals >= REFUSALS) {
            note(logged.generations().abandon(), List.of(), outcome);
            return true;
        }
        return false;
    }

    private void note(Generations changed, List<SetChange> setChanges, Outcome outcome) {
        noting = true;
        parts.context()
                .pipeToSelf(
                        log.append(logged, changed, setChanges),
                        (result, failure) -> new Noted(changed, outcome, result, failure));
    }

    /** Tells the operator how it ended; the wavelet is to be loaded again then. */
    void noted(Noted noted, ReplicaState state) {
        Generations.Candidate done = logged.candidate().orElseThrow();
        if (noted.outcome() instanceof Outcome.Complete complete) {
            parts.services().tally().replaced.increment();
            List<String> kept = noted.changed().replaced().stream()
                    .map(former ->
                            former.generation() + " (" + former.commonVersion() + " to " + former.headVersion() + ")")
                    .toList();
            parts.context()
                    .getLog()
                    .error(
                            "{} has replaced the history of its wavelet {} from version {} on, so our copy follows it:"
                                    + " ours ended at version {}, the new one ends at {}. {} deltas of our users after"
                                    + " version {} count no more unless the new history has them; programs that follow"
                                    + " the wavelet are told to read it again. Ask the operator of {} whether a backup"
                                    + " was restored; if not, suspect that host. Former generations kept in the"
                                    + " store: {}.",
                            parts.wavelet().waveletDomain(),
                            parts.wavelet(),
                            done.common().version(),
                            state.wavelet().version().version(),
                            complete.head().version(),
                            complete.ownDeltas(),
                            done.common().version(),
                            parts.wavelet().waveletDomain(),
                            kept.isEmpty() ? "none" : kept);
        } else {
            parts.services().tally().abandoned.increment();
            String why = noted.outcome() instanceof Outcome.Misfit misfit
                    ? misfit.why()
                    : "the host does not know any more what it told";
            parts.context()
                    .getLog()
                    .error(
                            "{} told another history of its wavelet {} than our copy has, and it cannot be had: {}. Our"
                                    + " copy stays as it was and is served; the host is asked again. If this repeats, ask"
                                    + " the operator of {} what became of the wavelet.",
                            parts.wavelet().waveletDomain(),
                            parts.wavelet(),
                            why,
                            parts.wavelet().waveletDomain());
        }
    }

    private void sayThatItWaits(long untilMillis) {
        if (!saidThatItWaits) {
            saidThatItWaits = true;
            parts.context()
                    .getLog()
                    .warn(
                            "{} has another history of its wavelet {} once more. Our copy stays as it is until {}, as a"
                                    + " history is not replaced more often than once in {}"
                                    + " (wavegate.wavelets.replica.replace-pause). Ask its operator what is going on.",
                            parts.wavelet().waveletDomain(),
                            parts.wavelet(),
                            Instant.ofEpochMilli(untilMillis),
                            parts.settings().replica().replacePause());
        }
    }

    private Semaphore permits() {
        return parts.services().replacements();
    }

    /** An attempt ended: with an outcome or a failure. */
    record Attempted(ReplacementAttempt attempt, @Nullable Outcome outcome, @Nullable Throwable failure)
            implements Internal {}

    /** The end of the replacement is noted, or could not be. */
    record Noted(Generations changed, Outcome outcome, @Nullable AppendResult result, @Nullable Throwable failure)
            implements Internal {
        boolean done() {
            return result instanceof AppendResult.Stored;
        }
    }
}
