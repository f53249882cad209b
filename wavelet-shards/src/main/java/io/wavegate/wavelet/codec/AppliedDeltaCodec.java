package io.wavegate.wavelet.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.codec.proto.ProtocolAppliedWaveletDelta;
import io.wavegate.wavelet.codec.proto.ProtocolHashedVersion;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.model.SignedDelta;
import io.wavegate.wavelet.model.WaveletDelta;
import java.io.IOException;
import java.io.UncheckedIOException;

/** ProtocolAppliedWaveletDelta (spec section 4). */
public final class AppliedDeltaCodec {
    private AppliedDeltaCodec() {}

    /**
     * Reads an applied delta with all that is in it; a refusal is {@code MALFORMED} or {@code TOO_LARGE}. Numbers that
     * cannot be (a negative version, no operations) are {@code MALFORMED} too.
     */
    public static Answer<ReceivedDelta> decode(ByteString bytes, CodecLimits limits) {
        long limit = (long) limits.maxDeltaBytes() + 2L * SignedDeltaCodec.ENVELOPE_BYTES;
        if (bytes.size() > limit) {
            return Malformed.tooLarge("applied delta", bytes.size(), limit, "bytes");
        }
        ProtocolAppliedWaveletDelta message;
        try {
            message = ProtocolAppliedWaveletDelta.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            return Malformed.answer("not a ProtocolAppliedWaveletDelta: " + e.getMessage());
        }
        SignedDelta signed = SignedDeltaCodec.fromProto(
                message.getSignedOriginalDelta(),
                message.getSignedOriginalDelta().toByteString());
        Answer<WaveletDelta> original = DeltaCodec.decode(signed.payload(), limits);
        if (original instanceof Answer.No<WaveletDelta> no) {
            return new Answer.No<>(no.refusal());
        }
        return checked(message, bytes, signed, ((Answer.Ok<WaveletDelta>) original).value());
    }

    private static Answer<ReceivedDelta> checked(
            ProtocolAppliedWaveletDelta message, ByteString bytes, SignedDelta signed, WaveletDelta original) {
        // Absent means: where the delta was aimed at.
        HashedVersion appliedAt = message.hasHashedVersionAppliedAt()
                ? DeltaCodec.version(message.getHashedVersionAppliedAt())
                : original.target();
        int operations = message.getOperationsApplied();
        if (original.target().version() < 0
                || appliedAt.version() < original.target().version()
                || appliedAt.version() > Long.MAX_VALUE - Math.max(operations, 0)
                || operations < 1) {
            return Malformed.answer("an applied delta of " + operations + " operations made at version "
                    + original.target().version() + " and applied at " + appliedAt.version() + " cannot be");
        }
        return new Answer.Ok<>(
                new ReceivedDelta(bytes, signed, original, appliedAt, operations, message.getApplicationTimestamp()));
    }

    /**
     * The bytes of an applied delta of ours. The signed original goes in as it came, unknown fields and all; the version
     * it applied at is always present, as with the reference.
     */
    public static ByteString encode(SignedDelta signed, HashedVersion appliedAt, int operations, long timestampMillis) {
        ProtocolHashedVersion version = DeltaCodec.version(appliedAt);
        byte[] bytes = new byte[size(signed, version, operations, timestampMillis)];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            out.writeBytes(ProtocolAppliedWaveletDelta.SIGNED_ORIGINAL_DELTA_FIELD_NUMBER, signed.bytes());
            out.writeMessage(ProtocolAppliedWaveletDelta.HASHED_VERSION_APPLIED_AT_FIELD_NUMBER, version);
            out.writeInt32(ProtocolAppliedWaveletDelta.OPERATIONS_APPLIED_FIELD_NUMBER, operations);
            out.writeInt64(ProtocolAppliedWaveletDelta.APPLICATION_TIMESTAMP_FIELD_NUMBER, timestampMillis);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    // Exact, because a stream that grows costs a buffer of 4 KiB for each of these few hundred bytes.
    private static int size(SignedDelta signed, ProtocolHashedVersion version, int operations, long timestampMillis) {
        return CodedOutputStream.computeBytesSize(
                        ProtocolAppliedWaveletDelta.SIGNED_ORIGINAL_DELTA_FIELD_NUMBER, signed.bytes())
                + CodedOutputStream.computeMessageSize(
                        ProtocolAppliedWaveletDelta.HASHED_VERSION_APPLIED_AT_FIELD_NUMBER, version)
                + CodedOutputStream.computeInt32Size(
                        ProtocolAppliedWaveletDelta.OPERATIONS_APPLIED_FIELD_NUMBER, operations)
                + CodedOutputStream.computeInt64Size(
                        ProtocolAppliedWaveletDelta.APPLICATION_TIMESTAMP_FIELD_NUMBER, timestampMillis);
    }
}
