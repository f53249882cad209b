package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.authority.Submission;
import io.wavegate.wavelet.authority.SubmissionParser;
import io.wavegate.wavelet.codec.CodecLimits;
import io.wavegate.wavelet.entity.WaveletCommand.ReadDeltas;
import io.wavegate.wavelet.entity.WaveletCommand.Submit;
import io.wavegate.wavelet.entity.WaveletReply.DeltasReply;
import io.wavegate.wavelet.entity.WaveletReply.SubmitReply;
import io.wavegate.wavelet.model.SignedDelta;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.trust.DeltaSigner;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Deltas of our own users: signed off everybody's thread, then to the entity of a hosted wavelet or to the host of
 * another's. What a host replies is told to the user; the replica changes only by the host's update (spec section 8).
 */
final class LocalSubmits {
    private static final Set<Reason> MAY_BE_REPLACED = Set.of(Reason.HOST_REFUSED, Reason.HOST_UNREACHABLE);

    private final EntityAsk entities;
    private final Map<String, LocalDomain> localDomains;
    private final WorkPool signing;
    private final WaveletServices services;

    LocalSubmits(
            EntityAsk entities, Map<String, LocalDomain> localDomains, WorkPool signing, WaveletServices services) {
        this.entities = entities;
        this.localDomains = localDomains;
        this.signing = signing;
        this.services = services;
    }

    CompletionStage<SubmitResult> submit(WaveletName wavelet, WaveletDelta delta) {
        LocalDomain domain = localDomains.get(delta.author().domain());
        if (domain == null) {
            return refused(new Refusal(
                    Reason.BAD_AUTHOR,
                    "The author " + delta.author() + " is of none of our domains. Submit as a user of "
                            + String.join(", ", localDomains.keySet()) + "."));
        } else if (!services.isHosted(wavelet) && delta.target().version() == 0) {
            return refused(new Refusal(
                    Reason.MAY_NOT_CREATE,
                    "Wavelet " + wavelet + " can only be created by a user of " + wavelet.waveletDomain()
                            + ". Create one in a domain of ours."));
        } else if (wavelet.toUri().length() > WaveletShards.MAX_URI) {
            return refused(new Refusal(Reason.TOO_LARGE, "The wavelet's name is too long. Choose a shorter one."));
        }
        DeltaSigner signer = domain.signer();
        return signing.run(delta.author().address(), () -> sign(domain, signer, delta))
                .handle((answer, failure) -> failure == null
                        ? answer
                        : new Answer.No<Submission>(WaveletRefusals.overloaded("Too many deltas wait to be signed.")))
                .thenCompose(answer -> answer instanceof Answer.Ok<Submission> ok
                        ? route(domain, signer, wavelet, ok.value())
                        : refused(((Answer.No<Submission>) answer).refusal()));
    }

    private Answer<Submission> sign(LocalDomain domain, DeltaSigner signer, WaveletDelta delta) {
        CodecLimits limits = services.settings().authority().delta();
        Answer<ByteString> payload = SubmissionParser.payload(domain.name(), delta, limits);
        if (payload instanceof Answer.No<ByteString> no) {
            return new Answer.No<>(no.refusal());
        }
        SignedDelta signed = signer.sign(((Answer.Ok<ByteString>) payload).value());
        return SubmissionParser.local(domain.name(), signed, limits);
    }

    private CompletionStage<SubmitResult> route(
            LocalDomain domain, DeltaSigner signer, WaveletName wavelet, Submission submission) {
        if (services.isHosted(wavelet)) {
            return toHost(wavelet, submission);
        }
        return services.remotes()
                .get()
                .submit(
                        domain.name(),
                        wavelet.waveletDomain(),
                        wavelet,
                        submission.signed().bytes(),
                        signer.info())
                .thenCompose(result -> result instanceof SubmitResult.Refused refused
                                && MAY_BE_REPLACED.contains(refused.refusal().reason())
                        ? orReplaced(wavelet, submission.delta(), refused)
                        : CompletableFuture.completedFuture(result));
    }

    // A host of the reference's kind is silent about a version that it does not know (spec 7.1.8): its author would
    // send
    // the same again for ever.
    private CompletionStage<SubmitResult> orReplaced(
            WaveletName wavelet, WaveletDelta delta, SubmitResult.Refused refused) {
        return entities.ask(
                        wavelet,
                        Duration.ZERO,
                        DeltasReply.class,
                        replyTo -> new ReadDeltas(delta.author(), delta.target(), 1, 0, replyTo))
                .thenApply(reply -> reply.flatMap(DeltasReply::refusal)
                        .filter(refusal -> refusal.reason() == Reason.HISTORY_REPLACED)
                        .<SubmitResult>map(SubmitResult.Refused::new)
                        .orElse(refused));
    }

    /** A verified submission for a wavelet of ours. */
    CompletionStage<SubmitResult> toHost(WaveletName wavelet, Submission submission) {
        return entities.ask(wavelet, Duration.ZERO, SubmitReply.class, replyTo -> new Submit(submission, replyTo))
                .thenApply(reply -> reply.map(SubmitReply::result)
                        .orElseGet(() -> new SubmitResult.Refused(WaveletRefusals.noAnswer(wavelet))));
    }

    private static CompletionStage<SubmitResult> refused(Refusal refusal) {
        return CompletableFuture.completedFuture(new SubmitResult.Refused(refusal));
    }
}
