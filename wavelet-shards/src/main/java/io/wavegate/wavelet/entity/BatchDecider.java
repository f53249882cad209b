package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.authority.AuthorityLimits;
import io.wavegate.wavelet.authority.AuthorityStep;
import io.wavegate.wavelet.authority.WaveletAuthority;
import io.wavegate.wavelet.entity.WaveletCommand.Submit;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.state.WaveletState;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides a batch of submits one after the other, each against what the ones before made of the wavelet. Nothing of the
 * outcome may be told before its deltas are durable: also a duplicate or a refusal may rest on them.
 */
final class BatchDecider {
    private static final Logger LOG = LoggerFactory.getLogger(BatchDecider.class);

    private WaveletState state;
    private HistoryTail tail;
    private final AuthorityLimits limits;
    private final long nowMillis;
    private final List<AppliedDelta> deltas = new ArrayList<>();
    private final List<WaveletState> states = new ArrayList<>();
    private final List<Answered> answers = new ArrayList<>();
    private final List<Late> late = new ArrayList<>();

    private BatchDecider(WaveletState state, HistoryTail tail, AuthorityLimits limits, long nowMillis) {
        this.state = state;
        this.tail = tail;
        this.limits = limits;
        this.nowMillis = nowMillis;
    }

    static Decided decide(
            WaveletState state, HistoryTail tail, List<Submit> batch, AuthorityLimits limits, long nowMillis) {
        BatchDecider decider = new BatchDecider(state, tail, limits, nowMillis);
        batch.forEach(decider::one);
        return new Decided(decider.deltas, decider.states, decider.state, decider.tail, decider.answers, decider.late);
    }

    private void one(Submit submit) {
        AuthorityStep step;
        try {
            step = WaveletAuthority.submit(state, tail, submit.submission(), limits, nowMillis);
        } catch (RuntimeException | StackOverflowError e) {
            // A poison delta is refused; it must not take the wavelet with it.
            LOG.error(
                    "A delta by {} for wavelet {} made the authority fail and was refused. Please report this.",
                    submit.submission().delta().author(),
                    state.name(),
                    e);
            step = new AuthorityStep.Refused(WaveletRefusals.crashed(state.name()));
        }
        if (step instanceof AuthorityStep.Applied applied) {
            deltas.add(applied.delta());
            state = applied.next();
            states.add(state);
            tail = tail.append(applied.delta());
            answers.add(new Answered(submit, applied.result()));
        } else if (step instanceof AuthorityStep.Duplicate duplicate) {
            answers.add(new Answered(submit, duplicate.first()));
        } else if (step instanceof AuthorityStep.Refused refused) {
            answers.add(new Answered(submit, refuse(refused.refusal())));
        } else if (step instanceof AuthorityStep.NeedsHistory needs) {
            late.add(new Late(submit, needs.fromVersion()));
        }
    }

    private SubmitResult refuse(Refusal refusal) {
        // One text for what does not exist and what must not be known, whoever found out.
        boolean hidden = refusal.reason() == Refusal.Reason.NO_SUCH_WAVELET;
        return new SubmitResult.Refused(hidden ? WaveletRefusals.noSuchWavelet(state.name()) : refusal);
    }

    /**
     * A decided batch.
     *
     * @param deltas to be made durable, possibly none
     * @param states the wavelet after each of them
     * @param next the wavelet after all of them
     * @param tail recent history ending there, not yet trimmed
     * @param answers to be given once they are durable
     * @param late undecided: their history has to be read first
     */
    record Decided(
            List<AppliedDelta> deltas,
            List<WaveletState> states,
            WaveletState next,
            HistoryTail tail,
            List<Answered> answers,
            List<Late> late) {
        /** True if somebody is refused because of the wavelet's state. */
        boolean refuses() {
            return answers.stream().anyMatch(answered -> answered.result() instanceof SubmitResult.Refused);
        }
    }

    /** A submit and its answer. */
    record Answered(Submit submit, SubmitResult result) {}

    /** A submit made against a version before the tail. */
    record Late(Submit submit, long fromVersion) {}
}
