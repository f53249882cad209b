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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * A wavelet that we host. Submits are gathered while a write is under way and decided as one batch against the state that
 * the last durable batch left; one conditional append makes the batch durable; only then is anybody told.
 *
 * <p>An append that is fenced or fails leaves the outcome unknown: all of the batch are told so, and the wavelet is
 * loaded again. What did get written is recognised when it is handed in again.
 */
final class HostedWavelet extends AbstractBehavior<WaveletCommand> {
    private final EntityParts parts;
    private final WaveletReads reads;
    private final RemoteReads remoteReads;
    private final RemoteDeliveries deliveries;
    private final LateSubmits late;
    private final PendingSubmits pending;
    private final ArrayDeque<LateSubmits.Ready> lateReady = new ArrayDeque<>();
    private final SnapshotPolicy snapshots;
    private final DueTimer due;
    private WaveletState state;
    private HistoryTail tail;
    private boolean writing;
    private boolean decisionQueued;
    private boolean stopping;

    HostedWavelet(EntityParts parts, LoadedWavelet loaded) {
        super(parts.context());
        this.parts = parts;
        this.state = loaded.state();
        this.tail = loaded.tail();
        this.reads = new WaveletReads(parts);
        this.remoteReads = new RemoteReads(parts);
        this.pending = new PendingSubmits(parts.settings().batch());
        this.late = new LateSubmits(parts);
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
                .onMessage(ReadView.class, read -> done(() -> reads.view(state, read)))
                .onMessage(ReadHistory.class, read -> done(() -> remoteReads.history(state, read)))
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
                .build();
    }

    private Behavior<WaveletCommand> onSubmit(Submit submit) {
        if (stopping) {
            submit.refuse(WaveletRefusals.overloaded("Wavelet " + parts.wavelet() + " moves to another node."));
        } else if (!pending.offer(submit)) {
            submit.refuse(WaveletRefusals.overloaded("Too many deltas wait for wavelet " + parts.wavelet() + "."));
        } else {
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
        if (!writing) {
            decideNext();
        }
        return this;
    }

    private void decideNext() {
        LateSubmits.@Nullable Ready ready = lateReady.poll();
        List<Submit> batch = new ArrayList<>();
        HistoryTail known = tail;
        if (ready != null) {
            known = ready.extend(tail).orElse(tail);
            batch.add(ready.submit());
        }
        batch.addAll(pending.takeBatch());
        if (batch.isEmpty()) {
            return;
        }
        Decided decided =
                BatchDecider.decide(state, known, batch, parts.settings().authority(), parts.now());
        decided.late().forEach(one -> late.read(one, tail));
        if (decided.deltas().isEmpty()) {
            decided.answers().forEach(BatchDecider.Answered::tell);
            if (!pending.isEmpty() || !lateReady.isEmpty()) {
                decideSoon();
            }
        } else {
            write(decided);
        }
    }

    private void write(Decided decided) {
        writing = true;
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
        writing = false;
        Decided decided = written.decided();
        if (!(written.result() instanceof AppendResult.Stored)) {
            return onNotWritten(written);
        }
        state = decided.next();
        tail = decided.tail()
                .trim(
                        parts.settings().tail().maxDeltas(),
                        parts.settings().tail().maxBytes());
        decided.answers().forEach(BatchDecider.Answered::tell);
        reads.news(decided.deltas(), state.version());
        deliveries.applied(decided, decided.tail());
        snapshotIfDue(decided);
        if (!pending.isEmpty() || !lateReady.isEmpty()) {
            decideNext();
        }
        return finished();
    }

    private Behavior<WaveletCommand> onNotWritten(Written written) {
        String cause = written.result() instanceof AppendResult.Fenced fenced
                ? "the history stands at version " + fenced.actualHead() + " by now: another node owned the wavelet"
                : String.valueOf(written.failure());
        getContext()
                .getLog()
                .warn(
                        "Deltas of wavelet {} could not be written at version {}; nothing of them was told, their"
                                + " authors were asked to resubmit, the wavelet is loaded again. Cause: {}",
                        parts.wavelet(),
                        state.version().version(),
                        cause);
        written.decided().answers().forEach(answered -> answered.submit()
                .refuse(WaveletRefusals.storeUnavailable(parts.wavelet())));
        refusePending();
        reads.waiting().releaseAll(state.version());
        if (stopping) {
            return Behaviors.stopped();
        }
        return LoadingWavelet.again(parts);
    }

    private void refusePending() {
        lateReady.forEach(ready -> ready.submit().refuse(WaveletRefusals.storeUnavailable(parts.wavelet())));
        lateReady.clear();
        late.abandon();
        while (!pending.isEmpty()) {
            pending.takeBatch().forEach(submit -> submit.refuse(WaveletRefusals.storeUnavailable(parts.wavelet())));
        }
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
        reads.deltas(state, tail, read);
        arm();
        return this;
    }

    private Behavior<WaveletCommand> onLate(LateSubmits.Ready ready) {
        late.returned(ready);
        if (ready.refusal().isPresent()) {
            ready.submit().refuse(ready.refusal().get());
        } else {
            lateReady.add(ready);
            decideSoon();
        }
        return this;
    }

    private Behavior<WaveletCommand> onDelivery(RemoteDeliveries.Event event) {
        deliveries.on(event, tail);
        return finished();
    }

    private Behavior<WaveletCommand> onReachable(DomainReachable reachable) {
        deliveries.reachable(reachable.remoteDomain(), state, tail);
        return finished();
    }

    private Behavior<WaveletCommand> onDue(DueTimer.Due fired) {
        due.fired();
        reads.waiting().expire(parts.now(), state.version());
        deliveries.pumpAll(tail);
        return finished();
    }

    // Everything told, nothing being written: the marks can go, as long as no append comes in between.
    private Behavior<WaveletCommand> finished() {
        if (!writing && pending.isEmpty() && deliveries.settleDue(stopping)) {
            writing = true;
            getContext().pipeToSelf(deliveries.settle(), (done, failure) -> new Settled(failure == null));
        }
        if (stopping && !writing && pending.isEmpty() && lateReady.isEmpty()) {
            return Behaviors.stopped();
        }
        arm();
        return this;
    }

    private Behavior<WaveletCommand> onSettled(Settled settled) {
        writing = false;
        deliveries.settled(settled.done());
        if (!pending.isEmpty() || !lateReady.isEmpty()) {
            decideNext();
        }
        return finished();
    }

    private Behavior<WaveletCommand> onIdle(Idle idle) {
        if (!writing && reads.waiting().isEmpty() && deliveries.atRest()) {
            parts.passivate().run();
        }
        return this;
    }

    private Behavior<WaveletCommand> onStop(Stop stop) {
        stopping = true;
        reads.waiting().releaseAll(state.version());
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

    private record Settled(boolean done) implements Internal {}

    private record Idle() implements Internal {}

    private record StopAnyway() implements Internal {}
}
