package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.state.WaveletState;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

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

    /** Answer to {@link WaveletCommand.ReadView}: one of the three. */
    record ViewReply(Optional<Refusal> refusal, Optional<WaveletState> state, Optional<ViewParts> parts)
            implements WaveletReply {
        static ViewReply of(WaveletState state) {
            return new ViewReply(Optional.empty(), Optional.of(state), Optional.empty());
        }

        static ViewReply refused(Refusal refusal) {
            return new ViewReply(Optional.of(refusal), Optional.empty(), Optional.empty());
        }
    }

    /**
     * A wavelet too large for one message between nodes.
     *
     * @param bytes how large it is
     * @param from has it for a short while
     */
    record ViewParts(long bytes, ActorRef<PartOfView> from) {}

    /** Asks for a part of a large view, from an offset on. */
    record PartOfView(long offset, ActorRef<ViewPart> replyTo) implements WaveletMessage {}

    /** A part of a large view. */
    record ViewPart(ByteString bytes) implements WaveletMessage {}

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
