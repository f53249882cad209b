package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.authority.Submission;
import io.wavegate.wavelet.authority.SubmissionParser;
import io.wavegate.wavelet.codec.AppliedDeltaCodec;
import io.wavegate.wavelet.codec.CodecLimits;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.model.SignedDelta.Signature;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.trust.DeltaVerdict;
import io.wavegate.wavelet.trust.DeltaVerifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Reads and verifies deltas from other domains, off the wavelets' threads. */
final class DeltaIntake {
    // What another host has accepted we cannot refuse without falling behind: wider than what we accept as a host.
    private static final CodecLimits FROM_HOST = new CodecLimits(8 * 1024 * 1024, 100_000, 1_000_000);
    private static final int MAX_SIGNERS = 64;

    private final SignerStore signers;
    private final SignerQuestions questions;
    private final WorkPool verifying;
    private final CodecLimits limits;
    private final Set<String> localDomains;
    private final LongSupplier clock;

    DeltaIntake(
            SignerStore signers,
            SignerQuestions questions,
            WorkPool verifying,
            CodecLimits limits,
            Set<String> localDomains,
            LongSupplier clock) {
        this.signers = signers;
        this.questions = questions;
        this.verifying = verifying;
        this.limits = limits;
        this.localDomains = localDomains;
        this.clock = clock;
    }

    /** A delta submitted by a remote domain. Its signer must be known: peers post it first (spec 3.4). */
    CompletionStage<Answer<Submission>> submitted(String remoteDomain, ByteString signedDelta) {
        return verifying
                .run(remoteDomain, () -> SubmissionParser.remote(remoteDomain, signedDelta, limits))
                .thenCompose(parsed -> {
                    if (!(parsed instanceof Answer.Ok<Submission> ok)) {
                        return CompletableFuture.completedFuture(parsed);
                    }
                    Submission submission = ok.value();
                    return known(remoteDomain, submission.signed().signatures())
                            .thenCompose(found -> verifying.run(remoteDomain, () -> verified(submission)));
                });
    }

    private Answer<Submission> verified(Submission submission) {
        DeltaVerdict verdict =
                DeltaVerifier.verify(submission.signed(), submission.delta(), signers::cached, clock.getAsLong());
        return refusal(verdict).<Answer<Submission>>map(Answer.No::new).orElseGet(() -> new Answer.Ok<>(submission));
    }

    // Brings signers from the journal into memory.
    private CompletionStage<Void> known(String remoteDomain, List<Signature> signatures) {
        CompletableFuture<?>[] all = signatures.stream()
                .limit(MAX_SIGNERS)
                .map(signature ->
                        signers.find(remoteDomain, signature.signerId()).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all);
    }

    /**
     * Applied deltas that a wavelet's host sent. Signers that we do not know are asked of the host.
     *
     * @param localDomain the domain of ours that asks, if it is known who has to do with the wavelet
     */
    CompletionStage<Intake> received(
            Optional<String> localDomain, WaveletName wavelet, List<ByteString> appliedDeltas) {
        String host = wavelet.waveletDomain();
        return verifying.run(host, () -> decode(appliedDeltas)).thenCompose(decoded -> {
            if (decoded.refusal().isPresent()) {
                return CompletableFuture.completedFuture(decoded);
            }
            Map<ByteString, ReceivedDelta> needed = new LinkedHashMap<>();
            for (ReceivedDelta delta : decoded.deltas()) {
                delta.signed().signatures().forEach(signature -> needed.putIfAbsent(signature.signerId(), delta));
            }
            String asking = localDomain
                    .or(() -> LocalParticipation.added(decoded.deltas(), localDomains))
                    .orElseGet(() -> LocalParticipation.any(localDomains));
            return ask(asking, wavelet, needed)
                    .thenCompose(unreachable -> verifying.run(host, () -> verified(decoded.deltas(), unreachable)));
        });
    }

    // True if a signer could not be asked for: then nothing is decided.
    private CompletionStage<Boolean> ask(String localDomain, WaveletName wavelet, Map<ByteString, ReceivedDelta> ids) {
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        ids.entrySet().stream()
                .limit(MAX_SIGNERS)
                .forEach(entry -> answers.add(questions
                        .unreachable(
                                localDomain,
                                wavelet,
                                entry.getKey(),
                                entry.getValue().claimedResult())
                        .toCompletableFuture()));
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> answers.stream().anyMatch(CompletableFuture::join));
    }

    private static Intake decode(List<ByteString> appliedDeltas) {
        List<ReceivedDelta> deltas = new ArrayList<>();
        for (ByteString bytes : appliedDeltas) {
            Answer<ReceivedDelta> read = AppliedDeltaCodec.decode(bytes, FROM_HOST);
            if (read instanceof Answer.No<ReceivedDelta> no) {
                return Intake.rejected(no.refusal());
            }
            deltas.add(((Answer.Ok<ReceivedDelta>) read).value());
        }
        return new Intake(deltas, Optional.empty(), false);
    }

    // One that fails rejects all of the update (spec section 8 step 3).
    private Intake verified(List<ReceivedDelta> deltas, boolean unreachable) {
        for (ReceivedDelta delta : deltas) {
            DeltaVerdict verdict =
                    DeltaVerifier.verify(delta.signed(), delta.original(), signers::cached, delta.timestampMillis());
            Optional<Refusal> refusal = refusal(verdict);
            if (refusal.isPresent()) {
                boolean undecided = unreachable && verdict instanceof DeltaVerdict.UnknownSigner;
                return new Intake(List.of(), refusal, undecided);
            }
        }
        return new Intake(deltas, Optional.empty(), false);
    }

    private static Optional<Refusal> refusal(DeltaVerdict verdict) {
        if (verdict instanceof DeltaVerdict.Refused refused) {
            return Optional.of(refused.refusal());
        } else if (verdict instanceof DeltaVerdict.UnknownSigner) {
            return Optional.of(new Refusal(
                    Reason.UNKNOWN_SIGNER, "The signer of the delta is not known here. Post its certificates first."));
        }
        return Optional.empty();
    }

    /**
     * Deltas of a host, verified.
     *
     * @param deltas all of them, or none
     * @param refusal why none
     * @param undecided the refusal is only that a signer could not be asked for
     */
    record Intake(List<ReceivedDelta> deltas, Optional<Refusal> refusal, boolean undecided) {
        static Intake rejected(Refusal refusal) {
            return new Intake(List.of(), Optional.of(refusal), false);
        }
    }
}
