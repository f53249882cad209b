package io.wavegate.wavelet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.codec.AppliedDeltaCodec;
import io.wavegate.wavelet.codec.CodecLimits;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.replica.ReplicaEffect;
import io.wavegate.wavelet.replica.ReplicaInput;
import io.wavegate.wavelet.replica.ReplicaLimits;
import io.wavegate.wavelet.replica.ReplicaState;
import io.wavegate.wavelet.replica.ReplicaStep;
import io.wavegate.wavelet.replica.WaveletReplica;
import io.wavegate.wavelet.trust.DeltaVerdict;
import io.wavegate.wavelet.trust.DeltaVerifier;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Plays a replica's session: updates in odd orders, what it asks, where it stands. */
final class ReplicaSession {
    /** One history request is under way at most; the reference sends another with every update that finds the gap. */
    static final String ONE_HISTORY_REQUEST = "D-07";
    /** What we have already is handled, and gets its receipt. */
    static final String RECEIPT_FOR_DUPLICATES = "D-08";

    private final JsonNode session;
    private final Map<ByteString, ByteString> offeredSigners = new HashMap<>();
    private final VectorSigners signers;
    private final List<ReceivedDelta> hostHistory;
    private final SessionFindings findings = new SessionFindings();
    private final List<String> requests = new ArrayList<>();
    private ReplicaState replica;
    private HistoryTail tail;

    ReplicaSession(
            JsonNode session, Map<String, JsonNode> byDomain, VectorSigners signers, List<ByteString> hostHistory) {
        this.session = session;
        this.signers = signers;
        this.hostHistory = hostHistory.stream().map(ReplicaSession::read).toList();
        this.replica = ReplicaState.empty(
                WaveletName.parseUri(session.required("wavelet").textValue()).orElseThrow());
        this.tail = HistoryTail.startingAt(replica.wavelet().version());
        byDomain.forEach((domain, signer) -> {
            ByteString info = VectorJson.bytes(signer.required("signer_info"));
            if (domain.equals(session.required("local_domain").textValue())) {
                signers.add(info);
            } else {
                offeredSigners.put(VectorSigners.idOf(info), info);
            }
        });
    }

    CaseResult run() {
        int index = 0;
        for (JsonNode step : session.required("steps")) {
            update(step);
            if (findings.hasFailed()) {
                return new CaseResult.Failed("step " + index + ": " + ((CaseResult.Failed) findings.result()).detail());
            }
            index++;
        }
        SessionState.compare(session.required("final_state"), replica.wavelet(), findings);
        return findings.result();
    }

    private void update(JsonNode step) {
        long before = replica.wavelet().version().version();
        List<ReceivedDelta> deltas = new ArrayList<>();
        step.required("applied_deltas").forEach(delta -> deltas.add(read(VectorJson.bytes(delta))));
        requests.clear();
        boolean wasAsking = replica.asked().isPresent();
        // Whether the host answered history requests shows in how far the reference got.
        boolean answered = step.required("version").longValue() > before;
        List<ReplicaEffect> effects = new ArrayList<>(play(new ReplicaInput.Deltas(verified(deltas))));
        while (!effects.isEmpty()) {
            ReplicaEffect effect = effects.remove(0);
            if (effect instanceof ReplicaEffect.AskHistory ask) {
                requests.add("history " + ask.from().version() + " " + ask.to().version());
                if (answered) {
                    effects.addAll(play(new ReplicaInput.HistoryReply(verified(oneDeltaFrom(ask.from())))));
                }
            } else {
                findings.fail("unexpected: " + effect);
            }
        }
        compareRequests(step, wasAsking);
        compareStanding(step);
        compareReceipt(step, deltas, before);
    }

    private List<ReplicaEffect> play(ReplicaInput input) {
        ReplicaStep step = WaveletReplica.step(replica, tail, input, ReplicaLimits.DEFAULTS);
        if (step instanceof ReplicaStep.Proceed proceed) {
            replica = proceed.next();
            tail = tail.appendAll(proceed.applied());
            return proceed.effects();
        }
        findings.fail("undecided: " + step);
        return List.of();
    }

    private List<ReceivedDelta> verified(List<ReceivedDelta> deltas) {
        for (ReceivedDelta delta : deltas) {
            DeltaVerdict verdict = verdict(delta);
            if (verdict instanceof DeltaVerdict.UnknownSigner unknown) {
                HashedVersion end = delta.claimedResult();
                requests.add("signer " + base64(unknown.signerId()) + " " + end.version() + " " + hex(end));
                ByteString offered = offeredSigners.get(unknown.signerId());
                if (offered != null) {
                    signers.add(offered);
                }
                verdict = verdict(delta);
            }
            if (!(verdict instanceof DeltaVerdict.Verified)) {
                findings.fail("not verified: " + verdict);
            }
        }
        return deltas;
    }

    private DeltaVerdict verdict(ReceivedDelta delta) {
        return DeltaVerifier.verify(delta.signed(), delta.original(), signers, signers.atMillis());
    }

    // The reference as host gives one delta for a request without a limit.
    private List<ReceivedDelta> oneDeltaFrom(HashedVersion from) {
        return hostHistory.stream()
                .filter(delta -> delta.appliedAt().equals(from))
                .limit(1)
                .toList();
    }

    private void compareRequests(JsonNode step, boolean wasAsking) {
        List<String> expected = new ArrayList<>();
        for (JsonNode request : step.path("outgoing_requests")) {
            if (request.required("type").textValue().equals("get-signer")) {
                expected.add("signer " + request.required("signer_id").textValue() + " "
                        + request.required("version").longValue() + " "
                        + request.required("history_hash_hex").textValue());
            } else {
                expected.add("history " + request.required("start_version").longValue() + " "
                        + request.required("end_version").longValue());
            }
        }
        if (wasAsking && expected.removeIf(request -> request.startsWith("history"))) {
            findings.differs(ONE_HISTORY_REQUEST, "no second history request while one is under way");
        }
        findings.expectEqual("requests", expected, List.copyOf(requests));
    }

    private void compareStanding(JsonNode step) {
        findings.expectEqual(
                "version",
                new HashedVersion(
                        step.required("version").longValue(), VectorJson.hex(step.required("history_hash_hex"))),
                replica.wavelet().version());
    }

    private void compareReceipt(JsonNode step, List<ReceivedDelta> deltas, long before) {
        boolean handled = deltas.stream().noneMatch(replica::awaits);
        boolean expected = step.required("acknowledged").booleanValue();
        boolean known = deltas.stream().allMatch(delta -> delta.appliedAt().version() < before);
        if (handled && !expected && known) {
            findings.differs(RECEIPT_FOR_DUPLICATES, "a receipt for what we have already");
        } else {
            findings.expectEqual("receipt", expected, handled);
        }
    }

    private static ReceivedDelta read(ByteString bytes) {
        return ((Answer.Ok<ReceivedDelta>) AppliedDeltaCodec.decode(bytes, CodecLimits.DEFAULTS)).value();
    }

    private static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static String hex(HashedVersion version) {
        return HexFormat.of().formatHex(version.historyHash().toByteArray());
    }
}
