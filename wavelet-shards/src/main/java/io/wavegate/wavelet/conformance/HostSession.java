package io.wavegate.wavelet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.wavegate.persistence.schema.DeltaApplied;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.authority.AuthorityLimits;
import io.wavegate.wavelet.authority.AuthorityStep;
import io.wavegate.wavelet.authority.Recipients;
import io.wavegate.wavelet.authority.Submission;
import io.wavegate.wavelet.authority.SubmissionParser;
import io.wavegate.wavelet.authority.WaveletAuthority;
import io.wavegate.wavelet.codec.CodecLimits;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.codec.SignedDeltaCodec;
import io.wavegate.wavelet.codec.SignerInfoCodec;
import io.wavegate.wavelet.codec.StoredDeltaCodec;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.model.SignedDelta;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.state.WaveletState;
import io.wavegate.wavelet.trust.DeltaSigner;
import io.wavegate.wavelet.trust.DeltaVerdict;
import io.wavegate.wavelet.trust.DeltaVerifier;
import io.wavegate.wavelet.trust.Pem;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Plays a host's session: what is submitted, what is answered, what the wavelet then is, who is told. */
final class HostSession {
    /** What the reference answers with silence is refused. */
    static final String SILENCE_IS_REFUSAL = "D-03";
    /** Everyone-of-our-domain admits our domain's users only. */
    static final String CLOSED_SHARED_DOMAIN = "D-04";

    private final JsonNode session;
    private final String localDomain;
    private final VectorSigners signers;
    private final DeltaSigner ownSigner;
    private final SessionFindings findings = new SessionFindings();
    private WaveletState state;
    private HistoryTail tail;

    HostSession(JsonNode session, Map<String, JsonNode> byDomain, VectorSigners signers)
            throws GeneralSecurityException {
        this.session = session;
        this.localDomain = session.required("local_domain").textValue();
        this.signers = signers;
        this.state = WaveletState.empty(
                WaveletName.parseUri(session.required("wavelet").textValue()).orElseThrow());
        this.tail = HistoryTail.startingAt(state.version());
        boolean scripted = session.required("name").textValue().startsWith("scripted");
        byDomain.forEach((domain, signer) -> {
            if (!scripted || !domain.equals("c.test")) {
                signers.add(VectorJson.bytes(signer.required("signer_info")));
            }
        });
        this.ownSigner = signerOf(Objects.requireNonNull(byDomain.get(localDomain), localDomain));
    }

    private static DeltaSigner signerOf(JsonNode signer) throws GeneralSecurityException {
        Answer<SignerInfo> info = SignerInfoCodec.decode(VectorJson.bytes(signer.required("signer_info")));
        return new DeltaSigner(
                ((Answer.Ok<SignerInfo>) info).value(),
                Pem.rsaPrivateKey(signer.required("private_key_pem").textValue()));
    }

    CaseResult run() {
        int index = 0;
        for (JsonNode step : session.required("steps")) {
            try {
                play(step);
            } catch (RuntimeException e) {
                findings.fail("threw " + e);
            }
            if (findings.hasFailed()) {
                return new CaseResult.Failed("step " + index + " ("
                        + step.path("note").asText() + "): " + ((CaseResult.Failed) findings.result()).detail());
            }
            index++;
        }
        return findings.result();
    }

    private void play(JsonNode step) {
        String action = step.required("action").textValue();
        switch (action) {
            case "client-submit" -> submitted(step, fromClient(step));
            case "federation-submit" -> submitted(step, fromRemote(step));
            case "post-signer" ->
                findings.expectEqual(
                        "posted",
                        step.required("result").required("ok").booleanValue(),
                        signers.add(VectorJson.bytes(step.required("signer_info"))) instanceof Answer.Ok<?>);
            case "history-request" -> HistoryQuestions.history(step, tail, findings, SILENCE_IS_REFUSAL);
            case "get-signer" -> HistoryQuestions.signer(step, tail, signers, findings, SILENCE_IS_REFUSAL);
            default -> findings.fail("unknown action " + action);
        }
    }

    // The delta as the client's server made it: bytes first, for there are cases without a delta in them.
    private Answer<Submission> fromClient(JsonNode step) {
        ByteString payload = VectorJson.bytes(step.required("delta_bytes"));
        if (DeltaCodec.decode(payload, CodecLimits.DEFAULTS) instanceof Answer.Ok<WaveletDelta> delta) {
            Answer<ByteString> checked = SubmissionParser.payload(localDomain, delta.value(), CodecLimits.DEFAULTS);
            if (checked instanceof Answer.No<ByteString> no) {
                return new Answer.No<>(no.refusal());
            }
        }
        return SubmissionParser.local(localDomain, ownSigner.sign(payload), CodecLimits.DEFAULTS);
    }

    // An honest peer: what it submits is of its own users. Checks apart from that come in the order of spec 7.1.
    private Answer<Submission> fromRemote(JsonNode step) {
        ByteString bytes = VectorJson.bytes(step.required("signed_delta"));
        if (!(SignedDeltaCodec.decode(bytes, CodecLimits.DEFAULTS) instanceof Answer.Ok<SignedDelta> signed)
                || !(DeltaCodec.decode(signed.value().payload(), CodecLimits.DEFAULTS)
                        instanceof Answer.Ok<WaveletDelta> delta)) {
            return SubmissionParser.remote("unknown.test", bytes, CodecLimits.DEFAULTS);
        }
        String domain = delta.value().author().domain();
        Answer<Submission> parsed = SubmissionParser.remote(domain, bytes, CodecLimits.DEFAULTS);
        DeltaVerdict verdict = DeltaVerifier.verify(signed.value(), delta.value(), signers, signers.atMillis());
        if (parsed instanceof Answer.Ok<Submission> && verdict instanceof DeltaVerdict.UnknownSigner) {
            return new Answer.No<>(new Refusal(Reason.UNKNOWN_SIGNER, "the signer is not known"));
        } else if (parsed instanceof Answer.Ok<Submission> && verdict instanceof DeltaVerdict.Refused refused) {
            return new Answer.No<>(refused.refusal());
        }
        return parsed;
    }

    private void submitted(JsonNode step, Answer<Submission> submission) {
        JsonNode expected = step.required("result");
        if (submission instanceof Answer.No<Submission> no) {
            refused(step, no.refusal());
            return;
        }
        AuthorityStep decision = WaveletAuthority.submit(
                state,
                tail,
                ((Answer.Ok<Submission>) submission).value(),
                AuthorityLimits.DEFAULTS,
                expected.path("application_timestamp").longValue());
        if (decision instanceof AuthorityStep.Refused refusal) {
            refused(step, refusal.refusal());
        } else if (decision instanceof AuthorityStep.Duplicate duplicate) {
            findings.expectEqual("applied again", false, step.has("applied_delta"));
            answered(expected, duplicate.first());
        } else if (decision instanceof AuthorityStep.Applied applied) {
            answered(expected, applied.result());
            applied(step, applied);
        } else {
            findings.fail("undecided: " + decision);
        }
    }

    private void answered(JsonNode expected, SubmitResult.Applied actual) {
        findings.expectEqual("ok", expected.path("ok").booleanValue(), true);
        findings.expectEqual("operations", expected.path("operations_applied").intValue(), actual.operationsApplied());
        findings.expectEqual(
                "version",
                expected.path("version").longValue(),
                actual.version().version());
        if (expected.has("history_hash_hex")) {
            findings.expectEqual(
                    "hash",
                    VectorJson.hex(expected.get("history_hash_hex")),
                    actual.version().historyHash());
        }
        findings.expectEqual("timestamp", expected.path("application_timestamp").longValue(), actual.timestampMillis());
    }

    private void applied(JsonNode step, AuthorityStep.Applied applied) {
        if (findings.hasFailed()) {
            return;
        }
        findings.expectEqual(
                "applied delta",
                VectorJson.bytes(step.required("applied_delta")),
                applied.delta().bytes());
        // What is stored and read back must be the same delta.
        DeltaApplied stored = StoredDeltaCodec.toStored(applied.delta());
        findings.expectEqual("stored", new Answer.Ok<>(applied.delta()), StoredDeltaCodec.fromStored(stored));
        state = applied.next();
        tail = tail.append(applied.delta());
        SessionState.compare(step.required("state"), state, findings);
        SessionState.compareTold(
                step.path("outgoing_federation"),
                applied.delta(),
                Recipients.of(applied.delta(), state.participants(), Set.of(localDomain)),
                findings);
    }

    private void refused(JsonNode step, Refusal refusal) {
        JsonNode expected = step.required("result");
        if (expected.has("exception") || expected.has("no_reply")) {
            findings.differs(SILENCE_IS_REFUSAL, "refused where the reference is silent: " + refusal.reason());
        } else if (expected.path("ok").booleanValue()) {
            refusedThoughAccepted(step, refusal);
        } else if (expected.has("error")) {
            boolean internal = expected.get("error").textValue().equals("INTERNAL_SERVER_ERROR");
            findings.expectEqual("unknown signer", internal, refusal.reason() == Reason.UNKNOWN_SIGNER);
        }
    }

    // The hole in the reference's access check. The history goes on with what the reference let in.
    private void refusedThoughAccepted(JsonNode step, Refusal refusal) {
        String author = step.path("delta").path("author").asText();
        boolean hole = refusal.reason() == Reason.NOT_PARTICIPANT
                && step.required("action").textValue().equals("federation-submit")
                && state.participants().inOrder().stream()
                        .anyMatch(p -> p.address().equals("@" + localDomain))
                && !author.endsWith("@" + localDomain);
        if (!hole) {
            findings.fail("refused: " + refusal);
            return;
        }
        findings.differs(CLOSED_SHARED_DOMAIN, author + " is refused, not let in by @" + localDomain);
        ByteString bytes = VectorJson.bytes(step.required("applied_delta"));
        AppliedDelta theirs = SessionState.atHead(bytes, state);
        state = ((Answer.Ok<WaveletState>) state.apply(theirs)).value();
        tail = tail.append(theirs);
        SessionState.compare(step.required("state"), state, findings);
    }
}
