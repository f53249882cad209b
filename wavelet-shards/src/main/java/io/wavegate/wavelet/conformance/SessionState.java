package io.wavegate.wavelet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.wavegate.persistence.schema.DeltaApplied;
import io.wavegate.persistence.schema.WaveletSnapshot;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.codec.StoredDeltaCodec;
import io.wavegate.wavelet.codec.WaveletSnapshotCodec;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.state.WaveletState;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares wavelets and who is told with what was recorded. */
final class SessionState {
    /** An operation that failed leaves nothing behind, not even an empty document. */
    static final String FAILURE_LEAVES_NOTHING = "D-09";

    private SessionState() {}

    static void compare(JsonNode recorded, WaveletState state, SessionFindings findings) {
        findings.expectEqual(
                "state's version",
                new HashedVersion(
                        recorded.required("version").longValue(),
                        VectorJson.hex(recorded.required("history_hash_hex"))),
                state.version());
        List<String> participants = new ArrayList<>();
        recorded.required("participants").forEach(p -> participants.add(p.textValue()));
        findings.expectEqual(
                "participants",
                participants,
                state.participants().inOrder().stream()
                        .map(ParticipantId::address)
                        .toList());
        TreeMap<String, DocOp> expected = new TreeMap<>();
        recorded.required("documents")
                .fields()
                .forEachRemaining(d -> expected.put(d.getKey(), documentOf(d.getValue())));
        TreeMap<String, DocOp> actual = new TreeMap<>();
        state.documents().forEach((id, document) -> actual.put(id, document.toOperation()));
        if (expected.entrySet().removeIf(d -> d.getValue().isEmpty() && !actual.containsKey(d.getKey()))) {
            findings.differs(FAILURE_LEAVES_NOTHING, "the reference has an empty document that no delta made");
        }
        findings.expectEqual("documents", expected, actual);
        compareSnapshot(state, findings);
    }

    // What is stored and read back must be the same wavelet.
    private static void compareSnapshot(WaveletState state, SessionFindings findings) {
        if (state.isEmpty()) {
            return;
        }
        WaveletSnapshot stored = WaveletSnapshotCodec.toStored(state);
        Answer<WaveletState> read = WaveletSnapshotCodec.fromStored(state.name(), stored);
        if (read instanceof Answer.Ok<WaveletState> ok) {
            findings.expectEqual("snapshot read back", stored, WaveletSnapshotCodec.toStored(ok.value()));
        } else {
            findings.fail("snapshot cannot be read back: " + read);
        }
    }

    private static DocOp documentOf(JsonNode recorded) {
        JsonNode components = recorded.isArray() ? recorded : recorded.path("component");
        return Document.EMPTY.apply(VectorJson.docOp(components)).toOperation();
    }

    /** Each domain must get the delta, then each the commit notice; in which order of domains is nobody's concern. */
    static void compareTold(JsonNode recorded, AppliedDelta delta, SortedSet<String> told, SessionFindings findings) {
        TreeSet<String> updated = new TreeSet<>();
        TreeSet<String> committed = new TreeSet<>();
        for (JsonNode message : recorded) {
            String domain = message.required("to_domain").textValue();
            if (message.required("type").textValue().equals("commit-notice")) {
                committed.add(domain);
                findings.expectEqual(
                        "commit notice",
                        message.required("version").longValue(),
                        delta.result().version());
            } else {
                updated.add(domain);
                findings.expectEqual(
                        "update",
                        VectorJson.bytes(message.required("applied_deltas").get(0)),
                        delta.bytes());
            }
        }
        findings.expectEqual("told of the delta", updated, told);
        findings.expectEqual("told of the commit", committed, told);
    }

    /** A recorded delta that applied at head untransformed. */
    static AppliedDelta atHead(ByteString bytes, WaveletState state) {
        DeltaApplied stored = DeltaApplied.newBuilder().setAppliedDelta(bytes).build();
        AppliedDelta delta = ((Answer.Ok<AppliedDelta>) StoredDeltaCodec.fromStored(stored)).value();
        return new AppliedDelta(
                state.version(),
                HashChain.next(state.version(), bytes, delta.operationsApplied()),
                delta.author(),
                delta.operations(),
                delta.timestampMillis(),
                bytes,
                delta.payloadHash(),
                false,
                delta.signerIds());
    }
}
