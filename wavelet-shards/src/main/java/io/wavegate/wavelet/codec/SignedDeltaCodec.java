package io.wavegate.wavelet.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.codec.proto.ProtocolSignature;
import io.wavegate.wavelet.codec.proto.ProtocolSignedDelta;
import io.wavegate.wavelet.model.SignedDelta;
import io.wavegate.wavelet.model.SignedDelta.Signature;
import java.util.List;

/** ProtocolSignedDelta (spec section 4). */
public final class SignedDeltaCodec {
    /** Bytes that signatures, signer ids and unknown fields may add to a delta. */
    static final int ENVELOPE_BYTES = 64 * 1024;

    private SignedDeltaCodec() {}

    /** Reads a signed delta, not the delta in it; a refusal is {@code MALFORMED} or {@code TOO_LARGE}. */
    public static Answer<SignedDelta> decode(ByteString bytes, CodecLimits limits) {
        long limit = (long) limits.maxDeltaBytes() + ENVELOPE_BYTES;
        if (bytes.size() > limit) {
            return Malformed.tooLarge("signed delta", bytes.size(), limit, "bytes");
        }
        try {
            return new Answer.Ok<>(fromProto(ProtocolSignedDelta.parseFrom(bytes), bytes));
        } catch (InvalidProtocolBufferException e) {
            return Malformed.answer("not a ProtocolSignedDelta: " + e.getMessage());
        }
    }

    /** The canonical form of a payload with its signatures. */
    public static SignedDelta of(ByteString payload, List<Signature> signatures) {
        ProtocolSignedDelta.Builder message = ProtocolSignedDelta.newBuilder().setDelta(payload);
        for (Signature signature : signatures) {
            message.addSignature(ProtocolSignature.newBuilder()
                    .setSignatureBytes(signature.bytes())
                    .setSignerId(signature.signerId())
                    .setSignatureAlgorithm(ProtocolSignature.SignatureAlgorithm.SHA1_RSA));
        }
        return new SignedDelta(message.build().toByteString(), payload, signatures);
    }

    static SignedDelta fromProto(ProtocolSignedDelta message, ByteString bytes) {
        List<Signature> signatures = message.getSignatureList().stream()
                .map(signature -> new Signature(signature.getSignatureBytes(), signature.getSignerId()))
                .toList();
        return new SignedDelta(bytes, message.getDelta(), signatures);
    }
}
