package io.wavegate.wavelet.replica;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.authority.ConcurrentTransformation;
import io.wavegate.wavelet.authority.OperationChecks;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.model.SignedDelta;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.ot.TransformException;
import io.wavegate.wavelet.state.WaveletState;
import java.util.List;
import java.util.Optional;

/** Does with one delta what its host did, and sees whether the same comes out (spec section 8 step 5). */
final class DeltaReplay {
    private DeltaReplay() {}

    /** What came out. */
    sealed interface Outcome {
        /** The same. */
        record Same(AppliedDelta delta, WaveletState next) implements Outcome {}

        /** Something else, or nothing. */
        record Contradicts(String text) implements Outcome {}

        /** The tail is too short. */
        record NeedsHistory(long fromVersion) implements Outcome {}
    }

    /**
     * Replays a delta that claims to apply at our version's number.
     *
     * @param tail our history, ending at the state's version
     */
    static Outcome replay(WaveletState state, HistoryTail tail, ReceivedDelta received, ReplicaLimits limits) {
        HashedVersion target = received.original().target();
        if (!received.appliedAt().equals(state.version())) {
            return contradicts("the host applied a delta at version "
                    + state.version().version() + " with another history hash than ours");
        } else if (received.operationsApplied()
                != received.original().operations().size()) {
            return contradicts("the host counted " + received.operationsApplied() + " operations of a delta of "
                    + received.original().operations().size());
        } else if (state.version().version() - target.version() > limits.maxLateOperations()) {
            return contradicts("the host applied a delta made more than " + limits.maxLateOperations()
                    + " versions before, which is over the limit of replicas");
        } else if (target.version() < tail.from().version()) {
            return new Outcome.NeedsHistory(target.version());
        } else if (!tail.boundary(target.version()).equals(Optional.of(target))) {
            return contradicts("the delta was made at version " + target.version() + " of another history");
        }
        try {
            return OperationChecks.illFormed(received.original().operations())
                    .<Outcome>map(DeltaReplay::contradicts)
                    .orElseGet(() -> transform(state, tail.since(target.version()), received, limits));
        } catch (RuntimeException | StackOverflowError e) {
            // A poison delta is set aside like any that does not fit: the host would send it again for ever, and each
            // time
            // it would take the wavelet, and what else arrived with it, down.
            return contradicts("a delta of the host makes our own code fail, please report it: " + e);
        }
    }

    private static Outcome transform(
            WaveletState state, List<AppliedDelta> later, ReceivedDelta received, ReplicaLimits limits) {
        ConcurrentTransformation transformation =
                new ConcurrentTransformation(received.original(), limits.maxTransformWork());
        try {
            for (AppliedDelta stored : later) {
                if (transformation.isSameAs(stored)) {
                    return contradicts("the host applied a delta twice: it stands at version "
                            + stored.appliedAt().version() + " already");
                }
                transformation.over(stored);
            }
        } catch (TransformException e) {
            return contradicts("the host applied a delta that cannot be transformed: " + e.getMessage());
        }
        return apply(state, received, transformation.operations());
    }

    private static Outcome apply(WaveletState state, ReceivedDelta received, List<WaveletOperation> operations) {
        Answer<WaveletState.Contents> contents = state.apply(operations);
        if (contents instanceof Answer.No<WaveletState.Contents> no) {
            return contradicts("the host applied a delta that does not fit: "
                    + no.refusal().text());
        }
        SignedDelta signed = received.signed();
        ByteString payloadHash = HashChain.sha256(signed.payload());
        AppliedDelta delta = new AppliedDelta(
                received.appliedAt(),
                received.claimedResult(),
                received.original().author(),
                operations,
                received.timestampMillis(),
                received.bytes(),
                payloadHash,
                !operations.equals(received.original().operations()),
                signed.signatures().stream()
                        .map(SignedDelta.Signature::signerId)
                        .toList());
        return new Outcome.Same(delta, state.after(delta, ((Answer.Ok<WaveletState.Contents>) contents).value()));
    }

    private static Outcome contradicts(String text) {
        return new Outcome.Contradicts(text);
    }
}
