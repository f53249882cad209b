package io.wavegate.wavelet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.codec.CodecLimits;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.codec.SignedDeltaCodec;
import io.wavegate.wavelet.codec.proto.ProtocolAppliedWaveletDelta;
import io.wavegate.wavelet.codec.proto.ProtocolHashedVersion;
import io.wavegate.wavelet.codec.proto.ProtocolSignedDelta;
import io.wavegate.wavelet.model.SignedDelta;
import io.wavegate.wavelet.model.SignedDelta.Signature;
import io.wavegate.wavelet.model.WaveletDelta;
import java.util.ArrayList;
import java.util.List;

/** Judges delta-bytes: what is in the bytes, and that we write the same bytes (spec section 4). */
public final class DeltaBytesCheck implements VectorCheck {
    @Override
    public String fileName() {
        return "delta-bytes";
    }

    @Override
    public CaseResult check(JsonNode meta, JsonNode c) {
        ByteString bytes = VectorJson.bytes(c.required("bytes"));
        if (c.has("delta")) {
            return delta(VectorJson.delta(c.get("delta")), bytes);
        } else if (c.has("signed_delta")) {
            return signedDelta(c.get("signed_delta"), bytes);
        }
        return appliedDelta(c.required("applied_delta"), bytes);
    }

    private static CaseResult delta(WaveletDelta expected, ByteString bytes) {
        CaseResult read =
                CaseResult.equal("read", new Answer.Ok<>(expected), DeltaCodec.decode(bytes, CodecLimits.DEFAULTS));
        return read instanceof CaseResult.Passed
                ? CaseResult.equal("written", bytes, DeltaCodec.encode(expected))
                : read;
    }

    private static CaseResult signedDelta(JsonNode json, ByteString bytes) {
        SignedDelta expected = new SignedDelta(bytes, VectorJson.bytes(json.required("delta")), signatures(json));
        CaseResult read = CaseResult.equal(
                "read", new Answer.Ok<>(expected), SignedDeltaCodec.decode(bytes, CodecLimits.DEFAULTS));
        return read instanceof CaseResult.Passed
                ? CaseResult.equal("written", expected, SignedDeltaCodec.of(expected.payload(), expected.signatures()))
                : read;
    }

    // Field by field and not through the codec, which refuses numbers that cannot be: these cases are made of any.
    private static CaseResult appliedDelta(JsonNode json, ByteString bytes) {
        JsonNode signed = json.required("signed_original_delta");
        ProtocolAppliedWaveletDelta.Builder expected = ProtocolAppliedWaveletDelta.newBuilder()
                .setOperationsApplied(json.required("operations_applied").intValue())
                .setApplicationTimestamp(json.required("application_timestamp").longValue());
        try {
            expected.setSignedOriginalDelta(ProtocolSignedDelta.parseFrom(
                    SignedDeltaCodec.of(VectorJson.bytes(signed.required("delta")), signatures(signed))
                            .bytes()));
            if (json.has("hashed_version_applied_at")) {
                JsonNode at = json.get("hashed_version_applied_at");
                expected.setHashedVersionAppliedAt(ProtocolHashedVersion.newBuilder()
                        .setVersion(at.required("version").longValue())
                        .setHistoryHash(VectorJson.bytes(at.required("history_hash"))));
            }
            CaseResult read = CaseResult.equal("read", expected.build(), ProtocolAppliedWaveletDelta.parseFrom(bytes));
            return read instanceof CaseResult.Passed
                    ? CaseResult.equal("written", bytes, expected.build().toByteString())
                    : read;
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            return new CaseResult.Failed("cannot be read: " + e.getMessage());
        }
    }

    private static List<Signature> signatures(JsonNode signed) {
        List<Signature> signatures = new ArrayList<>();
        signed.path("signature")
                .forEach(signature -> signatures.add(new Signature(
                        VectorJson.bytes(signature.required("signature_bytes")),
                        VectorJson.bytes(signature.required("signer_id")))));
        return signatures;
    }
}
