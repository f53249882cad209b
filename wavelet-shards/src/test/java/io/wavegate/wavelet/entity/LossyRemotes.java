package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.History;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.api.RemoteDomains;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Joins nodes of one JVM; drops, delays and doubles what goes between them, as its seed says. */
final class LossyRemotes implements RemoteDomains {
    private final Map<String, Wavelets> nodes = new ConcurrentHashMap<>();
    private final List<WaveletUpdate> delivered = new CopyOnWriteArrayList<>();
    private final Random random;
    private final int lossPercent;
    private volatile boolean down;
    private volatile Predicate<HashedVersion> answersHistory = from -> true;

    LossyRemotes(long seed, int lossPercent) {
        this.random = new Random(seed);
        this.lossPercent = lossPercent;
    }

    void join(String domain, Wavelets wavelets) {
        nodes.put(domain, wavelets);
    }

    void down(boolean now) {
        down = now;
    }

    /** From now on history is told from some boundaries only. */
    void answerHistory(Predicate<HashedVersion> from) {
        answersHistory = from;
    }

    List<WaveletUpdate> delivered() {
        return delivered;
    }

    @Override
    public CompletionStage<Answer<Boolean>> update(String localDomain, String remoteDomain, WaveletUpdate update) {
        return carry(remoteDomain, no(), peer -> {
            delivered.add(update);
            return peer.updateFromRemote(localDomain, update).thenApply(this::receipt);
        });
    }

    // A peer that could not handle it sends no receipt.
    private Answer<Boolean> receipt(Answer<Boolean> answer) {
        return answer instanceof Answer.Ok<Boolean> ? answer : no();
    }

    @Override
    public CompletionStage<SubmitResult> submit(
            String localDomain, String remoteDomain, WaveletName wavelet, ByteString signedDelta, SignerInfo signer) {
        return carry(remoteDomain, new SubmitResult.Refused(unreachable()), peer -> peer.postSigner(localDomain, signer)
                .thenCompose(posted -> peer.submitFromRemote(localDomain, wavelet, signedDelta))
                .thenApply(LossyRemotes::refusedByHost));
    }

    @Override
    public CompletionStage<Answer<History>> history(
            String localDomain,
            String remoteDomain,
            WaveletName wavelet,
            HashedVersion start,
            HashedVersion end,
            OptionalLong maxBytes) {
        if (!answersHistory.test(start)) {
            return CompletableFuture.completedFuture(no());
        }
        return carry(remoteDomain, no(), peer -> peer.history(localDomain, wavelet, start, end, OptionalLong.of(400))
                .thenApply(LossyRemotes::refusedByHost));
    }

    @Override
    public CompletionStage<Answer<SignerInfo>> signer(
            String localDomain, String remoteDomain, ByteString signerId, WaveletName wavelet, HashedVersion end) {
        return carry(remoteDomain, no(), peer -> peer.signer(localDomain, signerId, wavelet, end)
                .thenApply(LossyRemotes::refusedByHost));
    }

    private static SubmitResult refusedByHost(SubmitResult result) {
        return result instanceof SubmitResult.Refused refused
                ? new SubmitResult.Refused(
                        new Refusal(Reason.HOST_REFUSED, refused.refusal().text()))
                : result;
    }

    private static <T> Answer<T> refusedByHost(Answer<T> answer) {
        return answer instanceof Answer.No<T> no
                ? new Answer.No<>(new Refusal(Reason.HOST_REFUSED, no.refusal().text()))
                : answer;
    }

    private <T> CompletionStage<T> carry(String domain, T lost, Function<Wavelets, CompletionStage<T>> call) {
        int fate;
        int delay;
        synchronized (random) {
            fate = random.nextInt(100);
            delay = random.nextInt(8);
        }
        if (down || fate < lossPercent / 2) {
            return CompletableFuture.completedFuture(lost);
        }
        Supplier<CompletionStage<T>> go = () -> call.apply(nodes.get(domain));
        CompletableFuture<T> answer = CompletableFuture.supplyAsync(
                        go, CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS))
                .thenCompose(stage -> stage);
        if (fate < lossPercent) {
            return answer.thenApply(arrived -> lost);
        }
        return fate >= 100 - lossPercent / 2 ? answer.thenCompose(first -> go.get()) : answer;
    }

    private static Refusal unreachable() {
        return new Refusal(Reason.HOST_UNREACHABLE, "the test lost it");
    }

    private static <T> Answer<T> no() {
        return new Answer.No<>(unreachable());
    }
}
