package io.wavegate.wavelet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.codec.AppliedDeltaCodec;
import io.wavegate.wavelet.codec.CodecLimits;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.QualifiedId;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.model.WaveletName;

/** Judges hash-chain: version 0 and the version after each applied delta, from its bytes alone (spec section 5). */
public final class HashChainCheck implements VectorCheck {
    @Override
    public String fileName() {
        return "hash-chain";
    }

    @Override
    public CaseResult check(JsonNode meta, JsonNode c) {
        JsonNode parts = c.required("wavelet");
        WaveletName name = WaveletName.of(
                new QualifiedId(text(parts, "wave_domain"), text(parts, "wave_id")),
                new QualifiedId(text(parts, "wavelet_domain"), text(parts, "wavelet_id")));
        HashedVersion version = HashChain.zero(name);
        HashedVersion zero = new HashedVersion(0, VectorJson.hex(c.required("version_zero_hash_hex")));
        if (!name.toUri().equals(text(c, "version_zero_uri")) || !version.equals(zero)) {
            return CaseResult.equal("version 0", zero, version);
        }
        for (JsonNode link : c.required("chain")) {
            ByteString bytes = VectorJson.bytes(link.required("applied_delta"));
            if (!(AppliedDeltaCodec.decode(bytes, CodecLimits.DEFAULTS) instanceof Answer.Ok<ReceivedDelta> ok)) {
                return new CaseResult.Failed("cannot read the delta at " + version.version());
            }
            HashedVersion expected = new HashedVersion(
                    link.required("version").longValue(), VectorJson.hex(link.required("history_hash_hex")));
            if (!ok.value().appliedAt().equals(version)
                    || !ok.value().claimedResult().equals(expected)) {
                return CaseResult.equal("after " + version, expected, ok.value().claimedResult());
            }
            version = expected;
        }
        return CaseResult.passed();
    }

    private static String text(JsonNode node, String field) {
        return node.required(field).textValue();
    }
}
