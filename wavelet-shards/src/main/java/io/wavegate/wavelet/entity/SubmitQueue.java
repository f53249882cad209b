package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.entity.BatchDecider.Answered;
import io.wavegate.wavelet.entity.BatchDecider.Decided;
import io.wavegate.wavelet.entity.WaveletCommand.Submit;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.state.WaveletState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Submits of a hosted wavelet from their arrival to their answer: waiting, late, being written. */
final class SubmitQueue {
    private final EntityParts parts;
    private final PendingSubmits pending;
    private final LateSubmits late;
    private final ArrayDeque<LateSubmits.Ready> lateReady = new ArrayDeque<>();
    private final SubmitCopies copies = new SubmitCopies();

    SubmitQueue(EntityParts parts) {
        this.parts = parts;
        this.pending = new PendingSubmits(parts.settings().batch());
        this.late = new LateSubmits(parts);
    }

    /** True if it waits now to be decided; else it is a copy, or was refused for want of room. */
    boolean offer(Submit submit) {
        if (copies.isCopy(submit)) {
            return false;
        } else if (!pending.offer(submit)) {
            submit.refuse(WaveletRefusals.overloaded("Too many deltas wait for wavelet " + parts.wavelet() + "."));
            return false;
        }
        copies.begin(submit);
        return true;
    }

    /** True if it can be decided now. */
    boolean offer(LateSubmits.Ready ready) {
        if (!late.returned(ready)) {
            return false;
        }
        ready.refusal().ifPresentOrElse(refusal -> refuse(ready.submit(), refusal), () -> lateReady.add(ready));
        return ready.refusal().isEmpty();
    }

    /** True if nothing can be decided now. */
    boolean isEmpty() {
        return pending.isEmpty() && lateReady.isEmpty();
    }

    /** Decides the next batch, if there is one; those whose history has to be read first are set aside. */
    Optional<Decided> decide(WaveletState state, HistoryTail tail) {
        LateSubmits.@Nullable Ready ready = lateReady.poll();
        List<Submit> batch = new ArrayList<>();
        HistoryTail known = tail;
        if (ready != null) {
            known = ready.extend(tail).orElse(tail);
            batch.add(ready.submit());
        }
        batch.addAll(pending.takeBatch());
        if (batch.isEmpty()) {
            return Optional.empty();
        }
        Decided decided =
                BatchDecider.decide(state, known, batch, parts.settings().authority(), parts.date());
        for (BatchDecider.Late one : decided.late()) {
            late.read(one, tail).ifPresent(refusal -> refuse(one.submit(), refusal));
        }
        return Optional.of(decided);
    }

    /** Tells what was decided; it is durable, or rests on what is. */
    void tell(Decided decided) {
        for (Answered answered : decided.answers()) {
            WaveletReply reply = new WaveletReply.SubmitReply(answered.result());
            if (answered.result() instanceof SubmitResult.Refused) {
                copies.refused(answered.submit(), reply);
            } else {
                copies.applied(answered.submit(), reply);
            }
        }
    }

    /** What was decided came to nothing that is known. */
    void unknown(Decided decided) {
        decided.answers()
                .forEach(answered -> refuse(answered.submit(), WaveletRefusals.storeUnavailable(parts.wavelet())));
    }

    private void refuse(Submit submit, Refusal refusal) {
        copies.refused(submit, submit.refusal(refusal));
    }

    /** Leaves everything, also what is being written, to the next owner. */
    void askAgain() {
        late.abandon();
        lateReady.clear();
        while (!pending.isEmpty()) {
            pending.takeBatch();
        }
        copies.askAgain();
    }

    /** Leaves everything but what is being written to the next owner. */
    void askAgainAllBut(Optional<Decided> written) {
        List<Submit> kept = written.map(decided ->
                        decided.answers().stream().map(Answered::submit).toList())
                .orElse(List.of());
        kept.forEach(copies::leave);
        askAgain();
        kept.forEach(copies::begin);
    }
}
