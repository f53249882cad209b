package io.wavegate.wavelet.entity;

import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.entity.WaveletCommand.Asked;
import io.wavegate.wavelet.entity.WaveletCommand.DomainReachable;
import io.wavegate.wavelet.entity.WaveletCommand.Internal;
import io.wavegate.wavelet.entity.WaveletCommand.ReadDeltas;
import io.wavegate.wavelet.entity.WaveletCommand.ReadView;
import io.wavegate.wavelet.entity.WaveletCommand.Stop;
import io.wavegate.wavelet.entity.WaveletCommand.Update;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.replica.ReplicaInput;
import io.wavegate.wavelet.replica.ReplicaState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * A wavelet that another domain hosts. One thing at a time: what arrived while the last batch was being verified and
 * written is verified and written as the next. An update is answered when every part of it is handled; if that takes
 * history, when the history is there.
 */
final class ReplicaWavelet extends AbstractBehavior<WaveletCommand> {
    private final EntityParts parts;
    private final WaveletReads reads;
    private final SnapshotPolicy snapshots;
    private final DueTimer due;
    private final ReplicaInbox inbox;
    private final OtherOwner other;
    private final HostQuestions host;
    private final ReplicaMark mark;
    private final ReplicaReplacement replacement;
    private final ReplicaEffects effects;
    private final ReplicaBatches batches;
    private ReplicaState state;
    private HistoryTail tail;
    private boolean busy;
    private boolean admitted;
    private boolean stopping;
    private Optional<Supplier<Behavior<WaveletCommand>>> ending = Optional.empty();

    ReplicaWavelet(EntityParts parts, LoadedWavelet loaded) {
        super(parts.context());
        this.parts = parts;
        this.replacement = new ReplicaReplacement(parts);
        this.state = ReplicaState.of(loaded.state(), replacement.unfinished());
        this.tail = loaded.tail();
        this.admitted = !loaded.state().isEmpty();
        this.reads = new WaveletReads(parts);
        this.snapshots = new SnapshotPolicy(parts.settings().lifecycle(), loaded);
        this.due = new DueTimer(parts);
        this.inbox = new ReplicaInbox(parts);
        this.other = new OtherOwner(parts);
        this.host = new HostQuestions(parts);
        this.mark = new ReplicaMark(parts, loaded);
        this.effects = new ReplicaEffects(parts, host, mark, inbox, replacement);
        this.batches = new ReplicaBatches(parts);
        getContext().setReceiveTimeout(parts.settings().lifecycle().idle(), new Idle());
        if (replacement.isBegun()) {
            parts.self().tell(new GoOn());
        }
    }

    @Override
    public Receive<WaveletCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(Update.class, this::onUpdate)
                .onMessage(ReplicaInbox.Verified.class, this::onVerified)
                .onMessage(HostQuestions.Replied.class, this::onReplied)
                .onMessage(ReplicaBatches.Decided.class, this::onDecided)
                .onMessage(ReplicaBatches.Written.class, this::onWritten)
                .onMessage(ReadDeltas.class, this::onReadDeltas)
                .onMessage(ReadView.class, this::onReadView)
                .onMessage(DomainReachable.class, this::onReachable)
                .onMessage(DueTimer.Due.class, this::onDue)
                .onMessage(OtherOwner.Compared.class, this::onCompared)
                .onMessage(ReplicaMark.Kept.class, this::onMarkKept)
                .onMessage(ReplicaReplacement.Attempted.class, this::onAttempted)
                .onMessage(ReplicaReplacement.Noted.class, this::onNoted)
                .onMessage(ReplicaEffects.Looked.class, looked -> decideSoon(looked.input()))
                .onMessage(GoOn.class, goOn -> goOnReplacing())
                .onMessage(Idle.class, this::onIdle)
                .onMessage(StopAnyway.class, stop -> Behaviors.stopped())
                .onMessage(Stop.class, this::onStop)
                // What only a host is asked.
                .onMessage(WaveletCommand.class, this::onForHosts)
                .onSignal(PostStop.class, stop -> onStopped())
                .onSignal(PreRestart.class, restart -> onStopped())
                .build();
    }

    private Behavior<WaveletCommand> onUpdate(Update update) {
        if (stopping) {
            update.askAgain();
            return this;
        }
        if (!admitted
                && !parts.services().newReplicas().tryAcquire(parts.wavelet().waveletDomain(), parts.now())) {
            update.refuse(WaveletRefusals.overloaded(
                    parts.wavelet().waveletDomain() + " tells us of too many new wavelets at once."));
            return this;
        }
        admitted = true;
        if (!inbox.offer(update)) {
            update.refuse(WaveletRefusals.overloaded("Too many updates wait for wavelet " + parts.wavelet() + "."));
        }
        return next();
    }

    // Takes up the next thing, if nothing is under way.
    private Behavior<WaveletCommand> next() {
        if (stopping) {
            // What is only being looked at costs the next owner nothing.
            return batches.isWriting() ? this : Behaviors.stopped();
        }
        if (!busy && inbox.verifyNext(host.localDomain(state))) {
            busy = true;
        } else if (!busy && mark.keep(state, host.localDomain(state))) {
            busy = true;
        }
        due.arm(DueTimer.earliest(reads.nextDeadline(), host.retryAt()));
        return this;
    }

    private Behavior<WaveletCommand> onVerified(ReplicaInbox.Verified verified) {
        List<ReplicaInput> inputs = new ArrayList<>();
        inbox.verified(verified, inputs);
        return inputs.isEmpty() ? idle() : decide(inputs);
    }

    private Behavior<WaveletCommand> onReplied(HostQuestions.Replied replied) {
        host.replied(replied);
        return decideSoon(replied.input());
    }

    // An answer of the host may come while a batch is under way: it takes its turn.
    private Behavior<WaveletCommand> decideSoon(ReplicaInput input) {
        inbox.addInput(input);
        if (!busy) {
            busy = true;
            return decide(inbox.takeInputs());
        }
        return this;
    }

    private Behavior<WaveletCommand> decide(List<ReplicaInput> inputs) {
        batches.decide(state, tail, inputs);
        return this;
    }

    private Behavior<WaveletCommand> onDecided(ReplicaBatches.Decided step) {
        ReplicaDecider.Outcome outcome = step.outcome();
        if (outcome == null) {
            return again(String.valueOf(step.failure()));
        }
        if (outcome.applied().isEmpty()) {
            return durable(outcome);
        }
        batches.write(state, outcome);
        return this;
    }

    private Behavior<WaveletCommand> onWritten(ReplicaBatches.Written written) {
        batches.written();
        if (written.result() instanceof AppendResult.Fenced fenced) {
            return other.disowned(fenced.actualHead(), state.wavelet().version());
        } else if (!(written.result() instanceof AppendResult.Stored)) {
            return again(String.valueOf(written.failure()));
        }
        return durable(written.outcome());
    }

    private Behavior<WaveletCommand> durable(ReplicaDecider.Outcome outcome) {
        state = outcome.next();
        tail = outcome.tail()
                .trim(
                        parts.settings().tail().maxDeltas(),
                        parts.settings().tail().maxBytes());
        if (!outcome.applied().isEmpty()) {
            reads.news(outcome.applied(), state.wavelet().version());
            host.progressed();
            if (snapshots.due(outcome.applied())) {
                parts.history().saveSnapshot(state.wavelet()).thenAccept(snapshots::written);
            }
        }
        outcome.effects().forEach(effect -> effects.carryOut(effect, state));
        inbox.answer(state, unreachable());
        if (!replacement.isRunning()) {
            host.retryLaterIfBehind(state);
        }
        return idle();
    }

    private Behavior<WaveletCommand> idle() {
        busy = false;
        if (ending.isPresent()) {
            return ending.get().get();
        }
        List<ReplicaInput> inputs = stopping ? List.of() : inbox.takeInputs();
        if (!inputs.isEmpty()) {
            busy = true;
            return decide(inputs);
        }
        return next();
    }

    private Behavior<WaveletCommand> goOnReplacing() {
        if (!replacement.resume(host.asking(state), host.maxBytes()) && !replacement.isRunning()) {
            host.retryLaterIfBehind(state);
        }
        return next();
    }

    private Behavior<WaveletCommand> onAttempted(ReplicaReplacement.Attempted attempted) {
        if (!replacement.isOf(attempted)) {
            return this;
        }
        switch (replacement.attempted(attempted, state)) {
            case GO_ON ->
                parts.timers()
                        .startSingleTimer(new GoOn(), parts.settings().replica().retryMin());
            case TRY_AGAIN -> {
                host.answered(new ReplicaInput.HistoryFailed(false));
                host.retryLaterIfBehind(state);
            }
            case RELOAD -> {
                return whenIdle(() -> again(String.valueOf(attempted.failure())));
            }
            case WAIT -> {}
        }
        return next();
    }

    private Behavior<WaveletCommand> onNoted(ReplicaReplacement.Noted noted) {
        return whenIdle(() -> noted.done() ? loadReplaced(noted) : again(noted.cause()));
    }

    private Behavior<WaveletCommand> whenIdle(Supplier<Behavior<WaveletCommand>> end) {
        if (busy) {
            ending = Optional.of(end);
            return this;
        }
        return end.get();
    }

    // Whichever history counts from now on: it is loaded as after a start, and what the host has told of is asked for.
    private Behavior<WaveletCommand> loadReplaced(ReplicaReplacement.Noted noted) {
        replacement.noted(noted, state);
        inbox.refuseAll(WaveletRefusals.beingReplaced(parts.wavelet()));
        HashedVersion head = state.wavelet().version();
        if (noted.outcome() instanceof ReplacementAttempt.Outcome.Complete) {
            reads.waiting().refuseAll(WaveletRefusals.historyReplaced(parts.wavelet(), head.version()));
        } else {
            reads.waiting().askAgain();
        }
        if (stopping) {
            return Behaviors.stopped();
        }
        parts.timers().cancelAll();
        parts.self().tell(new DomainReachable(parts.wavelet().waveletDomain()));
        return LoadingWavelet.start(parts);
    }

    private Behavior<WaveletCommand> onStopped() {
        inbox.askAgain();
        reads.waiting().askAgain();
        return this;
    }

    // Nothing was told. The host hears of no receipt and sends again, or is asked.
    private Behavior<WaveletCommand> again(String cause) {
        getContext()
                .getLog()
                .warn(
                        "Deltas for the replica of {} could not be written at version {}; it is loaded again. Cause: {}",
                        parts.wavelet(),
                        state.wavelet().version().version(),
                        cause);
        inbox.refuseAll(WaveletRefusals.storeUnavailable(parts.wavelet()));
        reads.waiting().askAgain();
        return stopping ? Behaviors.stopped() : LoadingWavelet.again(parts);
    }

    private Behavior<WaveletCommand> onReadDeltas(ReadDeltas read) {
        if (stopping) {
            read.askAgain();
        } else if (read.from().version() > state.wavelet().version().version()
                && reads.mayRead(state.wavelet(), read.reader())) {
            other.lookFor(read, () -> reads.deltas(state.wavelet(), tail, read));
        } else {
            reads.deltas(state.wavelet(), tail, read);
        }
        return next();
    }

    private Behavior<WaveletCommand> onCompared(OtherOwner.Compared compared) {
        HashedVersion own = state.wavelet().version();
        Optional<Long> later = other.found(compared, own);
        return later.isEmpty() || busy ? next() : other.disowned(later.get(), own);
    }

    private Behavior<WaveletCommand> onReadView(ReadView read) {
        reads.view(state.wavelet(), read);
        return this;
    }

    private Behavior<WaveletCommand> onReachable(DomainReachable reachable) {
        host.reachable();
        mark.found();
        if (replacement.isBegun()) {
            return goOnReplacing();
        }
        mark.lastHeardOf()
                .filter(at -> !state.isBehind())
                .ifPresent(at -> inbox.addInput(new ReplicaInput.CommitNotice(at)));
        return decideSoon(new ReplicaInput.Retry());
    }

    private Behavior<WaveletCommand> onDue(DueTimer.Due fired) {
        due.fired();
        if (reads.waiting().expire(parts.now(), state.wavelet().version())) {
            other.lookNowAndThen();
        }
        if (host.retryDue()) {
            return replacement.isBegun() ? goOnReplacing() : decideSoon(new ReplicaInput.Retry());
        }
        return next();
    }

    private Behavior<WaveletCommand> onMarkKept(ReplicaMark.Kept kept) {
        mark.kept(kept);
        return idle();
    }

    private Behavior<WaveletCommand> onIdle(Idle idle) {
        if (!busy && inbox.isEmpty() && reads.waiting().isEmpty() && !host.isAsking() && !replacement.isRunning()) {
            parts.passivate().run();
        }
        return this;
    }

    private Behavior<WaveletCommand> onStop(Stop stop) {
        stopping = true;
        replacement.stop();
        reads.waiting().askAgain();
        parts.timers()
                .startSingleTimer(new StopAnyway(), parts.settings().lifecycle().stopTimeout());
        return next();
    }

    private Behavior<WaveletCommand> onForHosts(WaveletCommand command) {
        if (command instanceof Asked asked) {
            asked.refuse(WaveletRefusals.notHostedHere(parts.wavelet()));
        }
        return this;
    }

    private Refusal unreachable() {
        return new Refusal(
                Reason.HOST_UNREACHABLE,
                "History of wavelet " + parts.wavelet()
                        + " before this update is missing and could not be had from its host. Send the update again later.");
    }

    private record GoOn() implements Internal {}

    private record Idle() implements Internal {}

    private record StopAnyway() implements Internal {}
}
