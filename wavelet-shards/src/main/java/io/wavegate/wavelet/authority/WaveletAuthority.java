package io.wavegate.wavelet.authority;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.authority.AuthorityStep.Applied;
import io.wavegate.wavelet.authority.AuthorityStep.Duplicate;
import io.wavegate.wavelet.authority.AuthorityStep.NeedsHistory;
import io.wavegate.wavelet.authority.AuthorityStep.Refused;
import io.wavegate.wavelet.codec.AppliedDeltaCodec;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.model.SignedDelta;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.ot.TransformException;
import io.wavegate.wavelet.state.WaveletState;
import java.util.List;
import java.util.Optional;

/**
 * Decides what becomes of deltas for a wavelet that we host (spec section 7.1). Signatures have been verified before.
 *
 * <p>The order of checks: may the author act, does the target belong to our history, has the delta been applied before,
 * can it be transformed, does it fit. What the reference answers with silence is refused here.
 */
public final class WaveletAuthority {
    private WaveletAuthority() {}

    /**
     * Decides about one submission.
     *
     * @param state the wavelet at its head, which may not be durable yet
     * @param tail the most recent history, ending at the same head
     * @param nowMillis the time, milliseconds since the epoch; time that went backwards is held at the last delta's
     */
    public static AuthorityStep submit(
            WaveletState state, HistoryTail tail, Submission submission, AuthorityLimits limits, long nowMillis) {
        WaveletDelta delta = submission.delta();
        Optional<Refusal> closed = access(state, submission);
        if (closed.isPresent()) {
            return sameBytes(tail, submission)
                    .<AuthorityStep>map(first -> new Duplicate(resultOf(first)))
                    .orElseGet(() -> new Refused(closed.get()));
        }
        HashedVersion target = delta.target();
        HashedVersion head = state.version();
        if (target.version() > head.version()) {
            return refused(
                    Reason.UNKNOWN_VERSION,
                    "the target version " + target.version() + " is ahead of the wavelet's " + head.version());
        }
        if (head.version() - target.version() > limits.maxLateOperations()) {
            return tooOld(target, head);
        }
        if (target.version() < tail.from().version()) {
            return new NeedsHistory(target.version());
        }
        Optional<HashedVersion> boundary = tail.boundary(target.version());
        if (boundary.isEmpty()) {
            return refused(Reason.UNKNOWN_VERSION, "the target version " + target.version() + " is inside a delta");
        } else if (!boundary.get().equals(target)) {
            return refused(
                    Reason.HASH_MISMATCH,
                    "the target version " + target.version() + " has another history hash here: load the wavelet anew");
        }
        List<AppliedDelta> later = tail.since(target.version());
        return later.size() > limits.maxLateDeltas()
                ? tooOld(target, head)
                : transform(state, submission, later, limits, nowMillis);
    }

    /** What the submitter of a delta of our history is answered. */
    public static SubmitResult.Applied resultOf(AppliedDelta delta) {
        return new SubmitResult.Applied(delta.result(), delta.operationsApplied(), delta.timestampMillis());
    }

    private static AuthorityStep transform(
            WaveletState state,
            Submission submission,
            List<AppliedDelta> later,
            AuthorityLimits limits,
            long nowMillis) {
        WaveletDelta delta = submission.delta();
        ConcurrentTransformation transformation = new ConcurrentTransformation(delta, limits.maxTransformWork());
        try {
            for (AppliedDelta stored : later) {
                if (transformation.isSameAs(stored)) {
                    return new Duplicate(resultOf(stored));
                }
                transformation.over(stored);
            }
        } catch (TransformException e) {
            return transformation.isExhausted()
                    ? tooOld(delta.target(), state.version())
                    : refused(
                            Reason.TRANSFORM_FAILED,
                            "in conflict with a concurrent delta: " + e.getMessage()
                                    + "; make it again at the current version");
        }
        return apply(state, submission, transformation.operations(), nowMillis);
    }

    private static AuthorityStep apply(
            WaveletState state, Submission submission, List<WaveletOperation> operations, long nowMillis) {
        Answer<WaveletState.Contents> applied = state.apply(operations);
        if (applied instanceof Answer.No<WaveletState.Contents> no) {
            return new Refused(no.refusal());
        }
        SignedDelta signed = submission.signed();
        HashedVersion appliedAt = state.version();
        long timestamp = Math.max(nowMillis, state.lastModifiedTimeMillis());
        ByteString bytes = AppliedDeltaCodec.encode(signed, appliedAt, operations.size(), timestamp);
        AppliedDelta delta = new AppliedDelta(
                appliedAt,
                HashChain.next(appliedAt, bytes, operations.size()),
                submission.delta().author(),
                operations,
                timestamp,
                bytes,
                HashChain.sha256(signed.payload()),
                !operations.equals(submission.delta().operations()),
                signed.signatures().stream()
                        .map(SignedDelta.Signature::signerId)
                        .toList());
        return new Applied(delta, state.after(delta, ((Answer.Ok<WaveletState.Contents>) applied).value()));
    }

    private static Optional<Refusal> access(WaveletState state, Submission submission) {
        WaveletDelta delta = submission.delta();
        boolean remote = submission.origin() instanceof Origin.Remote;
        String host = state.name().waveletDomain();
        if (state.isEmpty()) {
            return remote || delta.target().version() != 0 ? Optional.of(noSuchWavelet(state)) : Optional.empty();
        } else if (state.participants().admit(delta.author(), host)) {
            return Optional.empty();
        } else if (remote
                && !state.participants().domains().contains(delta.author().domain())) {
            return Optional.of(noSuchWavelet(state));
        }
        return Optional.of(new Refusal(
                Reason.NOT_PARTICIPANT, delta.author() + " is not on the wavelet: a participant may add them"));
    }

    // The author may have removed himself, or been removed, after this delta: if it is handed in again because the
    // reply
    // was lost, the answer is still its first one. Only what is at hand is searched.
    private static Optional<AppliedDelta> sameBytes(HistoryTail tail, Submission submission) {
        if (tail.boundary(submission.delta().target().version()).isEmpty()) {
            return Optional.empty();
        }
        ByteString payloadHash = HashChain.sha256(submission.signed().payload());
        return tail.since(submission.delta().target().version()).stream()
                .filter(stored -> stored.payloadHash().equals(payloadHash))
                .findFirst();
    }

    private static Refusal noSuchWavelet(WaveletState state) {
        return new Refusal(Reason.NO_SUCH_WAVELET, "there is no wavelet " + state.name());
    }

    private static Refused tooOld(HashedVersion target, HashedVersion head) {
        return refused(
                Reason.TOO_OLD,
                "the target version " + target.version() + " lies too far back from " + head.version()
                        + ": make the delta again at a newer version");
    }

    private static Refused refused(Reason reason, String text) {
        return new Refused(new Refusal(reason, text));
    }
}
