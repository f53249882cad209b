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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
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
    private final ReplacementReport report;
    private Logged logged;
    private Optional<ReplacementAttempt> attempt = Optional.empty();
    private boolean noting;
    private boolean begunForSure = true;
    private boolean saidThatItWaits;
    private int refusals;

    ReplicaReplacement(EntityParts parts) {
        this.parts = parts;
        this.log = parts.generationLog();
        this.report = new ReplacementReport(parts.context().getLog(), parts.wavelet());
        this.logged = parts.generations();
    }

    /** What follows the end of an attempt. */
    enum Next {
        /** At once, when there is a place. */
        GO_ON,
        /** When it is time to ask the host again. */
        TRY_AGAIN,
        /** {@link Noted} is to come. */
        WAIT,
        /** Load the wavelet again: what is noted is not known. */
        RELOAD
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
        WaveletSettings.Replica settings = parts.settings().replica();
        long may = logged.generations().mayBeginAtMillis(settings.replacePause().toMillis());
        if (parts.date() < may) {
            if (!saidThatItWaits) {
                report.waits(may, settings.replacePause());
            }
            saidThatItWaits = true;
            return false;
        }
        if (!slots().take(parts.wavelet().waveletDomain())) {
            return false;
        }
        Generations begun = logged.generations().begin(replace.common(), replace.to(), parts.date());
        SetChange behind = SetChange.add(
                SetNames.behind(localDomain, parts.wavelet().waveletDomain()),
                parts.wavelet().toUri());
        ReplacementAttempt first = attempt(begun, localDomain, maxBytes);
        begunForSure = false;
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
        if (isRunning() || !isBegun() || !slots().take(parts.wavelet().waveletDomain())) {
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
                        outcome.whenComplete(
                                (done, failure) -> slots().give(parts.wavelet().waveletDomain())),
                        (done, failure) -> new Attempted(running, done, failure));
    }

    void stop() {
        attempt.ifPresent(ReplacementAttempt::stop);
    }

    /** False if the attempt was begun before the wavelet was loaded again. */
    boolean isOf(Attempted attempted) {
        return attempt.filter(running -> running == attempted.attempt()).isPresent();
    }

    /** An attempt has ended. */
    Next attempted(Attempted attempted, ReplicaState state) {
        attempt = Optional.empty();
        Outcome outcome = attempted.outcome();
        if (outcome == null) {
            report.interrupted(String.valueOf(attempted.failure()));
            return begunForSure ? Next.TRY_AGAIN : Next.RELOAD;
        }
        begunForSure = true;
        refusals = outcome instanceof Outcome.Refused ? refusals + 1 : 0;
        if (outcome instanceof Outcome.Complete complete) {
            complete(complete, state);
            return Next.WAIT;
        } else if (outcome instanceof Outcome.Misfit || refusals >= REFUSALS) {
            note(logged.generations().abandon(), List.of(), outcome);
            return Next.WAIT;
        }
        return outcome instanceof Outcome.Paused ? Next.GO_ON : Next.TRY_AGAIN;
    }

    private void complete(Outcome.Complete complete, ReplicaState state) {
        long head = state.wavelet().version().version();
        int kept = parts.settings().replica().keptGenerations();
        List<SetChange> users = Memberships.afterReplacement(
                parts.wavelet(),
                state.wavelet().participants(),
                complete.participants(),
                parts.services().localDomains());
        note(logged.generations().complete(head, kept, parts.date()), users, complete);
    }

    private void note(Generations changed, List<SetChange> setChanges, Outcome outcome) {
        noting = true;
        parts.context()
                .pipeToSelf(
                        log.append(logged, changed, setChanges),
                        (result, failure) -> new Noted(changed, outcome, result, failure));
    }

    /**
     * It is noted how it ended: tells the operator, and sees to it that the next loading goes on from what the host has
     * told of.
     */
    void noted(Noted noted, ReplicaState state) {
        if (noted.outcome() instanceof Outcome.Complete complete) {
            parts.services().tally().replaced.increment();
            report.replaced(
                    logged.candidate().orElseThrow(), state.wavelet().version().version(), complete, noted.changed());
        } else {
            parts.services().tally().abandoned.increment();
            report.abandoned(noted.outcome());
        }
        ReplicaMark.carryOver(
                state, parts.services().replica(parts.wavelet(), noted.changed().current()));
    }

    private ReplacementSlots slots() {
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

        String cause() {
            return result == null ? String.valueOf(failure) : "another node owns it by now";
        }
    }
}
