package io.wavegate.wavelet.codec;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.schema.DeltaApplied;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.model.SignedDelta.Signature;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletOperation;
import java.util.List;

/** Applied deltas as the journal keeps them: the exact bytes, and the operations only where they differ from those. */
public final class StoredDeltaCodec {
    private StoredDeltaCodec() {}

    /** The event to store. */
    public static DeltaApplied toStored(AppliedDelta delta) {
        DeltaApplied.Builder stored = DeltaApplied.newBuilder()
                .setAppliedDelta(delta.bytes())
                .setHistoryHash(delta.result().historyHash());
        if (delta.transformed()) {
            stored.setTransformedDelta(DeltaCodec.encode(
                    new WaveletDelta(delta.appliedAt(), delta.author(), delta.operations(), List.of())));
        }
        return stored.build();
    }

    /**
     * Reads an event back; a refusal, {@code MALFORMED}, means that the store is damaged. Whether it continues the history
     * before it shows when it is applied there.
     */
    public static Answer<AppliedDelta> fromStored(DeltaApplied stored) {
        Answer<ReceivedDelta> read = AppliedDeltaCodec.decode(stored.getAppliedDelta(), CodecLimits.NONE);
        if (read instanceof Answer.No<ReceivedDelta> no) {
            return new Answer.No<>(no.refusal());
        }
        ReceivedDelta received = ((Answer.Ok<ReceivedDelta>) read).value();
        List<WaveletOperation> operations = received.original().operations();
        if (stored.hasTransformedDelta()) {
            Answer<WaveletDelta> transformed = DeltaCodec.decode(stored.getTransformedDelta(), CodecLimits.NONE);
            if (transformed instanceof Answer.No<WaveletDelta> no) {
                return new Answer.No<>(no.refusal());
            }
            operations = ((Answer.Ok<WaveletDelta>) transformed).value().operations();
        }
        if (operations.size() != received.operationsApplied()) {
            return Malformed.answer("a stored delta of " + operations.size() + " operations says it applied "
                    + received.operationsApplied());
        }
        return new Answer.Ok<>(delta(stored, received, operations));
    }

    private static AppliedDelta delta(DeltaApplied stored, ReceivedDelta received, List<WaveletOperation> operations) {
        ByteString payloadHash = HashChain.sha256(received.signed().payload());
        return new AppliedDelta(
                received.appliedAt(),
                new HashedVersion(received.appliedAt().version() + operations.size(), stored.getHistoryHash()),
                received.original().author(),
                operations,
                received.timestampMillis(),
                received.bytes(),
                payloadHash,
                stored.hasTransformedDelta(),
                received.signed().signatures().stream().map(Signature::signerId).toList());
    }
}
