package io.wavegate.wavelet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.History;
import io.wavegate.wavelet.authority.HistoryExcerpt;
import io.wavegate.wavelet.codec.SignerInfoCodec;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.trust.TrustedSigner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays what is asked of a host's history. */
final class HistoryQuestions {
    /** A signer is told only to who knows the hash of the version; the reference compares the head's number alone. */
    static final String SIGNER_BY_HASH = "D-06";

    private HistoryQuestions() {}

    // The commit and truncation numbers of the reference mean nothing (spec 3.6) and are not compared.
    static void history(JsonNode step, HistoryTail tail, SessionFindings findings, String silence) {
        Answer<History> answer = HistoryExcerpt.between(
                tail,
                VectorJson.hashedVersion(step.required("start")),
                VectorJson.hashedVersion(step.required("end")),
                step.required("length_limit").longValue());
        JsonNode expected = step.required("result");
        if (expected.path("ok").booleanValue() && answer instanceof Answer.Ok<History> ok) {
            List<ByteString> deltas = new ArrayList<>();
            expected.required("applied_deltas").forEach(delta -> deltas.add(VectorJson.bytes(delta)));
            findings.expectEqual("history", deltas, ok.value().appliedDeltas());
        } else {
            judgeRefusal(expected, answer instanceof Answer.Ok<History>, findings, silence);
        }
    }

    static void signer(
            JsonNode step, HistoryTail tail, VectorSigners signers, SessionFindings findings, String silence) {
        ByteString signerId = VectorJson.bytes(step.required("signer_id"));
        Optional<AppliedDelta> delta =
                HistoryExcerpt.signedBy(tail, VectorJson.hashedVersion(step.required("version")), signerId);
        JsonNode expected = step.required("result");
        if (expected.path("ok").booleanValue()
                && delta.isPresent()
                && signers.find(signerId).orElseThrow() instanceof Answer.Ok<TrustedSigner> signer) {
            findings.expectEqual(
                    "signer",
                    VectorJson.bytes(expected.required("signer_info")),
                    SignerInfoCodec.encode(signer.value().info()));
        } else if (expected.path("ok").booleanValue() && wrongHashOfHead(step, tail)) {
            findings.differs(SIGNER_BY_HASH, "refused: the head has another history hash");
        } else {
            judgeRefusal(expected, delta.isPresent(), findings, silence);
        }
    }

    private static boolean wrongHashOfHead(JsonNode step, HistoryTail tail) {
        HashedVersion asked = VectorJson.hashedVersion(step.required("version"));
        return asked.version() == tail.head().version() && !asked.equals(tail.head());
    }

    private static void judgeRefusal(JsonNode expected, boolean answered, SessionFindings findings, String silence) {
        findings.expectEqual("answered", expected.path("ok").booleanValue(), answered);
        if (expected.has("exception")) {
            findings.differs(silence, "refused where the reference is silent");
        }
    }
}
