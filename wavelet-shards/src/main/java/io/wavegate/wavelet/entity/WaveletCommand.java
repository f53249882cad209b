package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.authority.Submission;
import io.wavegate.wavelet.entity.WaveletReply.AskAgain;
import io.wavegate.wavelet.entity.WaveletReply.DeltasReply;
import io.wavegate.wavelet.entity.WaveletReply.HistoryReply;
import io.wavegate.wavelet.entity.WaveletReply.SignerReply;
import io.wavegate.wavelet.entity.WaveletReply.SubmitReply;
import io.wavegate.wavelet.entity.WaveletReply.UpdateReply;
import io.wavegate.wavelet.entity.WaveletReply.ViewReply;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;

/** What a wavelet may be asked. Everything but {@link Internal} may come from another node. */
sealed interface WaveletCommand {
    /**
     * What somebody waits for an answer to. A sender that gets none says the same again, with the same {@code replyTo}: by
     * that a copy is known.
     */
    sealed interface Asked extends WaveletCommand, WaveletMessage {
        ActorRef<WaveletReply> replyTo();

        /** The answer that refuses it. */
        WaveletReply refusal(Refusal refusal);

        /** Answers with a refusal. */
        default void refuse(Refusal refusal) {
            replyTo().tell(refusal(refusal));
        }

        /** Sends it to whoever owns the wavelet next. */
        default void askAgain() {
            replyTo().tell(new AskAgain());
        }
    }

    /** A delta with verified signatures for a hosted wavelet. */
    record Submit(Submission submission, ActorRef<WaveletReply> replyTo) implements Asked {
        @Override
        public WaveletReply refusal(Refusal refusal) {
            return new SubmitReply(new SubmitResult.Refused(refusal));
        }
    }

    /** See {@link io.wavegate.wavelet.api.Wavelets#deltas}. */
    record ReadDeltas(
            ParticipantId reader, HashedVersion from, long maxBytes, long waitMillis, ActorRef<WaveletReply> replyTo)
            implements Asked {
        @Override
        public WaveletReply refusal(Refusal refusal) {
            return DeltasReply.refused(refusal);
        }
    }

    /** See {@link io.wavegate.wavelet.api.Wavelets#view}. */
    record ReadView(ParticipantId reader, ActorRef<WaveletReply> replyTo) implements Asked {
        @Override
        public WaveletReply refusal(Refusal refusal) {
            return ViewReply.refused(refusal);
        }
    }

    /** See {@link io.wavegate.wavelet.api.Wavelets#history}. */
    record ReadHistory(
            String remoteDomain, HashedVersion start, HashedVersion end, long maxBytes, ActorRef<WaveletReply> replyTo)
            implements Asked {
        @Override
        public WaveletReply refusal(Refusal refusal) {
            return HistoryReply.refused(refusal);
        }
    }

    /** Whether the delta that ends at a version carries a signature by this signer. */
    record FindSigner(String remoteDomain, ByteString signerId, HashedVersion end, ActorRef<WaveletReply> replyTo)
            implements Asked {
        @Override
        public WaveletReply refusal(Refusal refusal) {
            return new SignerReply(Optional.of(refusal));
        }
    }

    /** See {@link io.wavegate.wavelet.api.Wavelets#updateFromRemote}; the domain has been found to be the host. */
    record Update(List<ByteString> appliedDeltas, Optional<HashedVersion> committed, ActorRef<WaveletReply> replyTo)
            implements Asked {
        @Override
        public WaveletReply refusal(Refusal refusal) {
            return new UpdateReply(Optional.of(refusal));
        }
    }

    /** A remote domain that this wavelet may be behind on answers again, or this node has just started. */
    record DomainReachable(String remoteDomain) implements WaveletCommand, WaveletMessage {}

    /** Finish what is under way, then stop: a shard moves, a node leaves, or the wavelet has been idle. */
    record Stop() implements WaveletCommand, WaveletMessage {}

    /** Never leaves the node. */
    non-sealed interface Internal extends WaveletCommand, NoSerializationVerificationNeeded {}
}
