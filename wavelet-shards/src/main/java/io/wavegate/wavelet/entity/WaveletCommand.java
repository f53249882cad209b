package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.authority.Submission;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.state.WaveletState;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;

/** What a wavelet may be asked. Everything but {@link Internal} may come from another node. */
interface WaveletCommand {
    /** Answers with a refusal, if an answer is expected. */
    default void refuse(Refusal refusal) {}

    /** A delta with verified signatures for a hosted wavelet. */
    record Submit(Submission submission, ActorRef<SubmitReply> replyTo) implements WaveletCommand, WaveletMessage {
        @Override
        public void refuse(Refusal refusal) {
            replyTo.tell(new SubmitReply(new SubmitResult.Refused(refusal)));
        }
    }

    /** See {@link io.wavegate.wavelet.api.Wavelets#deltas}. */
    record ReadDeltas(
            ParticipantId reader, HashedVersion from, long maxBytes, long waitMillis, ActorRef<DeltasReply> replyTo)
            implements WaveletCommand, WaveletMessage {
        @Override
        public void refuse(Refusal refusal) {
            replyTo.tell(DeltasReply.refused(refusal));
        }
    }

    /** See {@link io.wavegate.wavelet.api.Wavelets#view}. */
    record ReadView(ParticipantId reader, ActorRef<ViewReply> replyTo) implements WaveletCommand, WaveletMessage {
        @Override
        public void refuse(Refusal refusal) {
            replyTo.tell(new ViewReply(Optional.of(refusal), Optional.empty()));
        }
    }

    /** See {@link io.wavegate.wavelet.api.Wavelets#history}. */
    record ReadHistory(
            String remoteDomain, HashedVersion start, HashedVersion end, long maxBytes, ActorRef<HistoryReply> replyTo)
            implements WaveletCommand, WaveletMessage {
        @Override
        public void refuse(Refusal refusal) {
            replyTo.tell(HistoryReply.refused(refusal));
        }
    }

    /** Whether the delta that ends at a version carries a signature by this signer. */
    record FindSigner(String remoteDomain, ByteString signerId, HashedVersion end, ActorRef<SignerReply> replyTo)
            implements WaveletCommand, WaveletMessage {
        @Override
        public void refuse(Refusal refusal) {
            replyTo.tell(new SignerReply(Optional.of(refusal)));
        }
    }

    /** See {@link io.wavegate.wavelet.api.Wavelets#updateFromRemote}; the domain has been found to be the host. */
    record Update(List<ByteString> appliedDeltas, Optional<HashedVersion> committed, ActorRef<UpdateReply> replyTo)
            implements WaveletCommand, WaveletMessage {
        @Override
        public void refuse(Refusal refusal) {
            replyTo.tell(new UpdateReply(Optional.of(refusal)));
        }
    }

    /** A remote domain that this wavelet may be behind on answers again, or this node has just started. */
    record DomainReachable(String remoteDomain) implements WaveletCommand, WaveletMessage {}

    /** Finish what is under way, then stop: a shard moves, a node leaves, or the wavelet has been idle. */
    record Stop() implements WaveletCommand, WaveletMessage {}

    /** Never leaves the node. */
    interface Internal extends WaveletCommand, NoSerializationVerificationNeeded {}

    /** Answer to {@link Submit}. */
    record SubmitReply(SubmitResult result) implements WaveletMessage {}

    /** Answer to {@link ReadDeltas}: either a refusal, or deltas and the head. */
    record DeltasReply(Optional<Refusal> refusal, List<AppliedDelta> deltas, Optional<HashedVersion> head)
            implements WaveletMessage {
        static DeltasReply refused(Refusal refusal) {
            return new DeltasReply(Optional.of(refusal), List.of(), Optional.empty());
        }

        static DeltasReply of(List<AppliedDelta> deltas, HashedVersion head) {
            return new DeltasReply(Optional.empty(), deltas, Optional.of(head));
        }
    }

    /** Answer to {@link ReadView}: one of both. */
    record ViewReply(Optional<Refusal> refusal, Optional<WaveletState> state) implements WaveletMessage {}

    /** Answer to {@link ReadHistory}: either a refusal, or the rest. */
    record HistoryReply(
            Optional<Refusal> refusal, List<ByteString> appliedDeltas, long committedVersion, boolean truncated)
            implements WaveletMessage {
        static HistoryReply refused(Refusal refusal) {
            return new HistoryReply(Optional.of(refusal), List.of(), 0, false);
        }
    }

    /** Answer to {@link FindSigner}: a refusal, or none if the delta carries it. */
    record SignerReply(Optional<Refusal> refusal) implements WaveletMessage {}

    /** Answer to {@link Update}: a refusal, or none if all parts are handled. */
    record UpdateReply(Optional<Refusal> refusal) implements WaveletMessage {}
}
