package io.wavegate.wavelet.entity;

import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.SetChange;
import io.wavegate.wavelet.entity.BatchDecider.Decided;
import io.wavegate.wavelet.entity.WaveletCommand.DomainReachable;
import io.wavegate.wavelet.entity.WaveletCommand.FindSigner;
import io.wavegate.wavelet.entity.WaveletCommand.Internal;
import io.wavegate.wavelet.entity.WaveletCommand.ReadDeltas;
import io.wavegate.wavelet.entity.WaveletCommand.ReadHistory;
import io.wavegate.wavelet.entity.WaveletCommand.ReadView;
import io.wavegate.wavelet.entity.WaveletCommand.Stop;
import io.wavegate.wavelet.entity.WaveletCommand.Submit;
import io.wavegate.wavelet.entity.WaveletCommand.Update;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.state.WaveletState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * A wavelet that we host. Submits are gathered while a write is under way and decided as one batch against the state that
 * the last durable batch left; one conditional append makes the batch durable; only then is anybody told.
 *
 * <p>An append that fails leaves the outcome unknown: all of the batch are told so, and the wavelet is loaded again. One
 * that is fenced says that another owner has written: this one tells nobody anything and stops, and whoever asked asks
 * again, of the present owner. Either way, what did get written is recognised when it is handed in again.
 */
final class HostedWavelet extends AbstractBehavior<WaveletCommand> {
    private final EntityParts parts;
    private final WaveletReads reads;
    private final RemoteReads remoteReads;
    private final RemoteDeliveries deliveries;
    private final SubmitQueue submits;
    private final OtherOwner other;
    private final SnapshotPolicy snapshots;
    private final DueTimer due;
    private WaveletState state;
    private HistoryTail tail;
    private Optional<Decided> underWay = Optional.empty();
    private boolean writing;
    private boolean decisionQueued;
    private boolean stopping;
    private boolean fresh = true;
    private boolean wanted = true;

    HostedWavelet(EntityParts parts, LoadedWavelet loaded) {
        super(parts.context());
        this.parts = parts;
        this.state = loaded.state();
        this.tail = loaded.tail();
        this.reads = new WaveletReads(parts);
        this.remoteReads = new RemoteReads(parts);
        this.submits = new SubmitQueue(parts);
        this.other = new OtherOwner(parts);
        this.snapshots = new SnapshotPolicy(parts.settings().lifecycle(), loaded);
        this.due = new DueTimer(parts);
        this.deliveries = new RemoteDeliveries(parts, loaded);
        deliveries.pumpAll(tail);
        arm();
        getContext().setReceiveTimeout(parts.settings().lifecycle().idle(), new Idle());
    }

    @Override
    public Receive<WaveletCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(Submit.class, this::onSubmit)
                .onMessage(Decide.class, this::onDecide)
                .onMessage(Written.class, this::onWritten)
                .onMessage(ReadDeltas.class, this::onReadDeltas)
                .onMessage(ReadView.class, this::onReadView)
                .onMessage(ReadHistory.class, this::onReadHistory)
                .onMessage(Confirmed.class, this::onConfirmed)
                .onMessage(OtherOwner.Compared.class, this::onCompared)
                .onMessage(FindSigner.class, find -> done(() -> remoteReads.signer(state, find)))
                .onMessage(LateSubmits.Ready.class, this::onLate)
                .onMessage(RemoteDeliveries.Event.class, this::onDelivery)
                .onMessage(DomainReachable.class, this::onReachable)
                .onMessage(DueTimer.Due.class, this::onDue)
                .onMessage(Settled.class, this::onSettled)
                // An update of a wavelet of ours is nobody else's to send (spec 8); the face refuses it before.
                .onMessage(
                        Update.class,
                        update -> done(() -> update.refuse(WaveletRefusals.noSuchWavelet(parts.wavelet()))))
                .onMessage(Idle.class, this::onIdle)
                .onMessage(Stop.class, this::onStop)
                .onMessage(StopAnyway.class, stop -> Behaviors.stopped())
                .onSignal(PostStop.class, stop -> onStopped())
                .onSignal(PreRestart.class, restart -> onStopped())
                .build();
    }

    private Behavior<WaveletCommand> onSubmit(Submit submit) {
        used();
        if (stopping) {
            submit.askAgain();
        } else if (submits.offer(submit)) {
            decideSoon();
        }
        return this;
    }

    // Behind what is in the mailbox already: so a burst becomes one batch even if the store is instant.
    private void decideSoon() {
        if (!writing && !decisionQueued) {
            decisionQueued = true;
            parts.self().tell(Decide.INSTANCE);
        }
    }

    private Behavior<WaveletCommand> onDecide(Decide decide) {
        decisionQueued = false;
        if (!writing && !stopping) {
            decideNext();
        }
        return this;
    }

    private void decideNext() {
        Optional<Decided> decided = submits.decide(state, tail);
        if (decided.isEmpty()) {
            return;
        } else if (!decided.get().deltas().isEmpty()) {
            write(decided.get());
        } else if (decided.get().refuses()) {
            confirm(decided.get());
        } else {
            submits.tell(decided.get());
            if (!submits.isEmpty()) {
                decideSoon();
            }
        }
    }

    // An append finds out whether we are still the owner; a refusal makes none, and must not rest on a state from which
    // another owner has gone on.
    private void confirm(Decided decided) {
        writing = true;
        underWay = Optional.of(decided);
        getContext()
                .pipeToSelf(
                        parts.history().head(), (head, failure) -> new Confirmed(decided, Optional.ofNullable(head)));
    }

    private Behavior<WaveletCommand> onConfirmed(Confirmed confirmed) {
        written();
        if (confirmed.head().isEmpty()) {
            submits.unknown(confirmed.decided());
        } else if (confirmed.head().get() != state.version().version()) {
            return other.disowned(confirmed.head().get(), state.version());
        } else {
            submits.tell(confirmed.decided());
        }
        return goOn();
    }

    private void written() {
        writing = false;
        underWay = Optional.empty();
    }

    private Behavior<WaveletCommand> goOn() {
        if (!submits.isEmpty() && !stopping) {
            decideNext();
        }
        return finished();
    }

    private void write(Decided decided) {
        writing = true;
        underWay = Optional.of(decided);
        List<SetChange> changes = new ArrayList<>(Memberships.ofUsers(
                parts.wavelet(),
                decided.deltas(),
                decided.next().participants(),
                parts.services().localDomains()));
        changes.addAll(deliveries.changesWith(state, decided));
        getContext()
                .pipeToSelf(
                        parts.history().append(state.version(), decided.deltas(), changes),
                        (result, failure) -> new Written(decided, result, failure));
    }

    private Behavior<WaveletCommand> onWritten(Written written) {
        written();
        Decided decided = written.decided();
        if (written.result() instanceof AppendResult.Fenced fenced) {
            return other.disowned(fenced.actualHead(), state.version());
        } else if (!(written.result() instanceof AppendResult.Stored)) {
            return onNotWritten(written);
        }
        state = decided.next();
        tail = decided.tail()
                .trim(
                        parts.settings().tail().maxDeltas(),
                        parts.settings().tail().maxBytes());
        submits.tell(decided);
        reads.news(decided.deltas(), state.version());
        deliveries.applied(decided, decided.tail());
        snapshotIfDue(decided);
        return goOn();
    }

    private Behavior<WaveletCommand> onNotWritten(Written written) {
        getContext()
                .getLog()
                .warn(
                        "Deltas of wavelet {} could not be written at version {}; nothing of them was told, their"
                                + " authors were asked to resubmit, the wavelet is loaded again. Cause: {}",
                        parts.wavelet(),
                        state.version().version(),
                        String.valueOf(written.failure()));
        submits.unknown(written.decided());
        leave();
        return stopping ? Behaviors.stopped() : LoadingWavelet.again(parts);
    }

    // Whoever waits for an answer is sent to the next owner, which may be this one after it was loaded again.
    private void leave() {
        submits.askAgain();
        reads.waiting().askAgain();
    }

    private Behavior<WaveletCommand> onStopped() {
        leave();
        return this;
    }

    private void snapshotIfDue(Decided decided) {
        if (snapshots.due(decided.deltas())) {
            parts.history().saveSnapshot(state).whenComplete((size, failure) -> {
                if (failure == null) {
                    snapshots.written(size);
                }
            });
        }
    }

    private Behavior<WaveletCommand> onReadDeltas(ReadDeltas read) {
        used();
        if (stopping) {
            read.askAgain();
        } else if (read.from().version() > state.version().version() && reads.mayRead(state, read.reader())) {
            other.lookFor(read, () -> reads.deltas(state, tail, read));
        } else {
            reads.deltas(state, tail, read);
        }
        arm();
        return this;
    }

    private Behavior<WaveletCommand> onReadView(ReadView read) {
        used();
        reads.view(state, read);
        return this;
    }

    private void used() {
        fresh = false;
        wanted = true;
    }

    private Behavior<WaveletCommand> onReadHistory(ReadHistory read) {
        if (read.end().version() > state.version().version()
                && state.participants().domains().contains(read.remoteDomain())) {
            other.lookFor(read, () -> remoteReads.history(state, read));
        } else {
            remoteReads.history(state, read);
        }
        return this;
    }

    private Behavior<WaveletCommand> onCompared(OtherOwner.Compared compared) {
        Optional<Long> later = other.found(compared, state.version());
        // What is being written will find out by itself.
        return later.isEmpty() || writing ? this : other.disowned(later.get(), state.version());
    }

    private Behavior<WaveletCommand> onLate(LateSubmits.Ready ready) {
        if (submits.offer(ready)) {
            decideSoon();
        }
        return this;
    }

    private Behavior<WaveletCommand> onDelivery(RemoteDeliveries.Event event) {
        deliveries.on(event, tail);
        return leaveIfUnwanted();
    }

    private Behavior<WaveletCommand> onReachable(DomainReachable reachable) {
        if (fresh) {
            wanted = false;
        }
        deliveries.reachable(reachable.remoteDomain(), state, tail);
        return finished();
    }

    private Behavior<WaveletCommand> onDue(DueTimer.Due fired) {
        due.fired();
        if (reads.waiting().expire(parts.now(), state.version())) {
            other.lookNowAndThen();
        }
        deliveries.pumpAll(tail);
        return finished();
    }

    // Everything told, nothing being written: the marks can go, as long as no append comes in between.
    private Behavior<WaveletCommand> finished() {
        if (!writing && submits.isEmpty() && deliveries.settleDue(stopping || !wanted)) {
            writing = true;
            getContext().pipeToSelf(deliveries.settle(), (done, failure) -> new Settled(failure == null));
        }
        if (stopping && !writing) {
            return Behaviors.stopped();
        }
        arm();
        return this;
    }

    private Behavior<WaveletCommand> onSettled(Settled settled) {
        writing = false;
        deliveries.settled(settled.done());
        // Marks that stay cost a look later; a store that does not answer must not keep the shard from moving.
        if (stopping && !settled.done()) {
            return Behaviors.stopped();
        }
        goOn();
        return leaveIfUnwanted();
    }

    // Woken for the sake of a domain that has everything by now: others wait for the room.
    private Behavior<WaveletCommand> leaveIfUnwanted() {
        Behavior<WaveletCommand> next = finished();
        if (!wanted && !writing && !stopping && deliveries.atRest()) {
            wanted = true;
            parts.passivate().run();
        }
        return next;
    }

    private Behavior<WaveletCommand> onIdle(Idle idle) {
        if (!writing && reads.waiting().isEmpty() && deliveries.atRest()) {
            parts.passivate().run();
        }
        return this;
    }

    private Behavior<WaveletCommand> onStop(Stop stop) {
        stopping = true;
        submits.askAgainAllBut(underWay);
        reads.waiting().askAgain();
        parts.timers()
                .startSingleTimer(new StopAnyway(), parts.settings().lifecycle().stopTimeout());
        return finished();
    }

    private void arm() {
        due.arm(DueTimer.earliest(reads.nextDeadline(), deliveries.nextDue()));
    }

    private Behavior<WaveletCommand> done(Runnable read) {
        read.run();
        return this;
    }

    private record Decide() implements Internal {
        private static final Decide INSTANCE = new Decide();
    }

    private record Written(Decided decided, @Nullable AppendResult result, @Nullable Throwable failure)
            implements Internal {}

    private record Confirmed(Decided decided, Optional<Long> head) implements Internal {}

    private record Settled(boolean done) implements Internal {}

    private record Idle() implements Internal {}

    private record StopAnyway() implements Internal {}
}
