package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.state.WaveletState;
import java.util.List;
import java.util.Optional;

/** What a wavelet answers. */
sealed interface WaveletReply extends WaveletMessage {
    /**
     * No answer: the wavelet moves, or its owner found out that it is not the owner any more. Nothing is said about the
     * request, which may or may not have been done; asked again it gets its true answer of whoever owns the wavelet then.
     */
    record AskAgain() implements WaveletReply {}

    /** Answer to {@link WaveletCommand.Submit}. */
    record SubmitReply(SubmitResult result) implements WaveletReply {}

    /** Answer to {@link WaveletCommand.ReadDeltas}: either a refusal, or deltas and the head. */
    record DeltasReply(Optional<Refusal> refusal, List<AppliedDelta> deltas, Optional<HashedVersion> head)
            implements WaveletReply {
        static DeltasReply refused(Refusal refusal) {
            return new DeltasReply(Optional.of(refusal), List.of(), Optional.empty());
        }

        static DeltasReply of(List<AppliedDelta> deltas, HashedVersion head) {
            return new DeltasReply(Optional.empty(), deltas, Optional.of(head));
        }
    }

    /** Answer to {@link WaveletCommand.ReadView}: one of both. */
    record ViewReply(Optional<Refusal> refusal, Optional<WaveletState> state) implements WaveletReply {}

    /** Answer to {@link WaveletCommand.ReadHistory}: either a refusal, or the rest. */
    record HistoryReply(
            Optional<Refusal> refusal, List<ByteString> appliedDeltas, long committedVersion, boolean truncated)
            implements WaveletReply {
        static HistoryReply refused(Refusal refusal) {
            return new HistoryReply(Optional.of(refusal), List.of(), 0, false);
        }
    }

    /** Answer to {@link WaveletCommand.FindSigner}: a refusal, or none if the delta carries it. */
    record SignerReply(Optional<Refusal> refusal) implements WaveletReply {}

    /** Answer to {@link WaveletCommand.Update}: a refusal, or none if all parts are handled. */
    record UpdateReply(Optional<Refusal> refusal) implements WaveletReply {}
}
