package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.api.History;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.api.ReplicaCounts;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.api.WaveletView;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.authority.Submission;
import io.wavegate.wavelet.entity.RepeatedAsk.Pace;
import io.wavegate.wavelet.entity.WaveletCommand.FindSigner;
import io.wavegate.wavelet.entity.WaveletCommand.ReadDeltas;
import io.wavegate.wavelet.entity.WaveletCommand.ReadHistory;
import io.wavegate.wavelet.entity.WaveletCommand.ReadView;
import io.wavegate.wavelet.entity.WaveletCommand.Update;
import io.wavegate.wavelet.entity.WaveletReply.DeltasReply;
import io.wavegate.wavelet.entity.WaveletReply.HistoryReply;
import io.wavegate.wavelet.entity.WaveletReply.SignerReply;
import io.wavegate.wavelet.entity.WaveletReply.UpdateReply;
import io.wavegate.wavelet.entity.WaveletReply.ViewParts;
import io.wavegate.wavelet.entity.WaveletReply.ViewReply;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.trust.TrustedSigner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** The face of all wavelets of the cluster on this node: checks what needs no wavelet, asks the entities for the rest. */
final class ShardedWavelets implements Wavelets {
    private final EntityAsk entities;
    private final LocalSubmits localSubmits;
    private final DeltaIntake intake;
    private final SignerStore signers;
    private final BehindWavelets behind;
    private final LargeViewReader largeViews;
    private final Journal journal;
    private final WaveletServices services;
    private final LongSupplier clock;

    ShardedWavelets(
            EntityAsk entities,
            LocalSubmits localSubmits,
            SignerStore signers,
            BehindWavelets behind,
            LargeViewReader largeViews,
            WaveletServices services) {
        this.entities = entities;
        this.localSubmits = localSubmits;
        this.intake = services.intake();
        this.signers = signers;
        this.behind = behind;
        this.largeViews = largeViews;
        this.journal = services.journal();
        this.services = services;
        this.clock = services.clock();
    }

    LocalSubmits localSubmits() {
        return localSubmits;
    }

    @Override
    public CompletionStage<SubmitResult> submit(WaveletName wavelet, WaveletDelta delta) {
        return localSubmits.submit(wavelet, delta);
    }

    @Override
    public CompletionStage<Answer<DeltaPage>> deltas(
            WaveletName wavelet, ParticipantId reader, HashedVersion from, long maxBytes, Duration wait) {
        Duration longest = services.settings().reading().maxWait();
        Duration waiting = wait.compareTo(longest) > 0 ? longest : wait;
        return entities.ask(
                        wavelet,
                        waiting,
                        DeltasReply.class,
                        replyTo -> new ReadDeltas(reader, from, maxBytes, waiting.toMillis(), replyTo))
                .thenApply(reply -> reply.isEmpty()
                        ? new Answer.No<>(WaveletRefusals.noAnswer(wavelet))
                        : DeltaViews.page(reply.get()));
    }

    @Override
    public CompletionStage<Answer<WaveletView>> view(WaveletName wavelet, ParticipantId reader) {
        return entities.ask(wavelet, Duration.ZERO, ViewReply.class, replyTo -> new ReadView(reader, replyTo))
                .thenCompose(reply -> {
                    if (reply.isEmpty()) {
                        return no(WaveletRefusals.noAnswer(wavelet));
                    }
                    return reply.get()
                            .parts()
                            .map(parts -> large(wavelet, parts))
                            .orElseGet(() -> CompletableFuture.completedFuture(DeltaViews.view(reply.get())));
                });
    }

    private CompletionStage<Answer<WaveletView>> large(WaveletName wavelet, ViewParts parts) {
        return largeViews
                .read(parts)
                .handle((state, failure) ->
                        failure == null ? DeltaViews.view(state) : new Answer.No<>(WaveletRefusals.noAnswer(wavelet)));
    }

    @Override
    public CompletionStage<List<String>> waveletsOf(ParticipantId participant, String after, int limit) {
        return journal.members(SetNames.ofUser(participant), after, limit);
    }

    @Override
    public ReplicaCounts replicaCounts() {
        return services.tally().counts();
    }

    @Override
    public CompletionStage<SubmitResult> submitFromRemote(
            String remoteDomain, WaveletName wavelet, ByteString signedDelta) {
        if (!services.isHosted(wavelet)) {
            return refused(WaveletRefusals.notHostedHere(wavelet));
        }
        return intake.submitted(remoteDomain, signedDelta)
                .handle((answer, failure) -> failure == null
                        ? answer
                        : new Answer.No<Submission>(WaveletRefusals.overloaded("The delta could not be verified now.")))
                .thenCompose(answer -> answer instanceof Answer.Ok<Submission> ok
                        ? localSubmits.toHost(wavelet, ok.value())
                        : refused(((Answer.No<Submission>) answer).refusal()));
    }

    @Override
    public CompletionStage<Answer<History>> history(
            String remoteDomain, WaveletName wavelet, HashedVersion start, HashedVersion end, OptionalLong maxBytes) {
        if (!services.isHosted(wavelet)) {
            return no(WaveletRefusals.notHostedHere(wavelet));
        }
        return entities.ask(
                        wavelet,
                        Duration.ZERO,
                        HistoryReply.class,
                        replyTo -> new ReadHistory(remoteDomain, start, end, maxBytes.orElse(Long.MAX_VALUE), replyTo))
                .thenApply(reply -> reply.<Answer<History>>map(ShardedWavelets::history)
                        .orElseGet(() -> new Answer.No<>(WaveletRefusals.noAnswer(wavelet))));
    }

    private static Answer<History> history(HistoryReply reply) {
        return reply.refusal()
                .<Answer<History>>map(Answer.No::new)
                .orElseGet(() -> new Answer.Ok<>(new History(
                        reply.appliedDeltas(), OptionalLong.of(reply.committedVersion()), reply.truncated())));
    }

    @Override
    public CompletionStage<Answer<SignerInfo>> signer(
            String remoteDomain, ByteString signerId, WaveletName wavelet, HashedVersion end) {
        if (!services.isHosted(wavelet)) {
            return no(WaveletRefusals.notHostedHere(wavelet));
        }
        return entities.ask(
                        wavelet,
                        Duration.ZERO,
                        SignerReply.class,
                        replyTo -> new FindSigner(remoteDomain, signerId, end, replyTo))
                .thenCompose(reply -> {
                    Optional<Refusal> refusal = reply.isEmpty()
                            ? Optional.of(WaveletRefusals.noAnswer(wavelet))
                            : reply.get().refusal();
                    return refusal.isPresent() ? no(refusal.get()) : keptSigner(remoteDomain, signerId);
                });
    }

    private CompletionStage<Answer<SignerInfo>> keptSigner(String asking, ByteString signerId) {
        return signers.find(asking, signerId).handle((found, failure) -> {
            if (failure == null && found.isPresent() && found.get() instanceof Answer.Ok<TrustedSigner> ok) {
                return new Answer.Ok<>(ok.value().info());
            }
            return new Answer.No<>(new Refusal(
                    Reason.UNKNOWN_SIGNER, "The certificates of this signer are not at hand here. Ask again later."));
        });
    }

    @Override
    public CompletionStage<Answer<Boolean>> postSigner(String remoteDomain, SignerInfo signer) {
        // Kept as the sender's, whatever domain it claims: what it says of others is not its to say.
        SignerInfo own = new SignerInfo(signer.hashAlgorithm(), remoteDomain, signer.certificates());
        return signers.check(remoteDomain, own)
                .thenCompose(checked -> {
                    if (checked instanceof Answer.No<TrustedSigner> refused) {
                        return ShardedWavelets.<Boolean>no(refused.refusal());
                    }
                    TrustedSigner trusted = ((Answer.Ok<TrustedSigner>) checked).value();
                    return trusted.speaksFor(remoteDomain) && trusted.isValidAt(clock.getAsLong())
                            ? signers.keep(trusted).thenApply(kept -> new Answer.Ok<>(true))
                            : ShardedWavelets.<Boolean>no(new Refusal(
                                    Reason.BAD_SIGNATURE,
                                    "The certificates of " + trusted + " are not valid now for " + remoteDomain
                                            + ". Post those of your own domain."));
                })
                .exceptionally(failure ->
                        new Answer.No<>(WaveletRefusals.overloaded("The certificates could not be kept now.")));
    }

    @Override
    public CompletionStage<Answer<Boolean>> updateFromRemote(String remoteDomain, WaveletUpdate update) {
        WaveletName wavelet = update.wavelet();
        if (!wavelet.waveletDomain().equals(remoteDomain) || services.isHosted(wavelet)) {
            return no(new Refusal(
                    Reason.HOST_REFUSED,
                    "Only " + wavelet.waveletDomain() + " may send updates of wavelet " + wavelet + ", not "
                            + remoteDomain + ". Nothing of it was used."));
        }
        return entities.ask(
                        wavelet,
                        // It may have to wait for history of its host, and be of a megabyte.
                        Pace.WAITING,
                        Duration.ZERO,
                        UpdateReply.class,
                        replyTo -> new Update(update.appliedDeltas(), update.committed(), replyTo))
                .thenApply(reply -> reply.map(UpdateReply::refusal)
                        .orElseGet(() -> Optional.of(WaveletRefusals.noAnswer(wavelet)))
                        .<Answer<Boolean>>map(Answer.No::new)
                        .orElseGet(() -> new Answer.Ok<>(true)));
    }

    @Override
    public void remoteDomainReachable(String localDomain, String remoteDomain) {
        behind.wake(localDomain, remoteDomain);
    }

    private static CompletionStage<SubmitResult> refused(Refusal refusal) {
        return CompletableFuture.completedFuture(new SubmitResult.Refused(refusal));
    }

    private static <T> CompletionStage<Answer<T>> no(Refusal refusal) {
        return CompletableFuture.completedFuture(new Answer.No<>(refusal));
    }
}
