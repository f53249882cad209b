package io.wavegate.node.fake;

import com.google.protobuf.ByteString;
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
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Wavelets in memory, hosted here whatever their domain; enough to try the client API against. */
public final class FakeWavelets implements Wavelets {
    private final Map<WaveletName, FakeWavelet> wavelets = new HashMap<>();
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

    /** Applied to every answer of a submit, with the number of submits so far: to lose or refuse some. */
    public volatile Function<Integer, Optional<SubmitResult>> interference = n -> Optional.empty();

    /** Answers of submits wait for it: a store that takes its time. */
    public volatile CompletionStage<Void> gate = CompletableFuture.completedFuture(null);

    private int submits;

    public synchronized int submits() {
        return submits;
    }

    /** Readers that wait for news now. */
    public synchronized long waiting() {
        return waiting.stream().filter(one -> !one.isDone()).count();
    }

    private final Map<WaveletName, Long> replacedAfter = new HashMap<>();

    /** The wavelet's host has lost what came after a version, and one more delta has been applied there since. */
    public synchronized void replaceHistory(WaveletName name, long after, WaveletDelta delta) {
        wavelets.compute(name, (same, wavelet) -> wavelet.restoredAt(after));
        replacedAfter.put(name, after);
        submit(name, delta);
    }

    private Reason noBoundary(WaveletName name, HashedVersion from) {
        return from.version() > replacedAfter.getOrDefault(name, Long.MAX_VALUE)
                ? Reason.HISTORY_REPLACED
                : Reason.UNKNOWN_VERSION;
    }

    @Override
    public synchronized CompletionStage<SubmitResult> submit(WaveletName name, WaveletDelta delta) {
        submits++;
        FakeWavelet wavelet = wavelets.get(name);
        if (wavelet == null) {
            if (delta.target().version() != 0) {
                return CompletableFuture.completedFuture(refused(Reason.NO_SUCH_WAVELET));
            }
            wavelet = new FakeWavelet(name, delta.author());
            wavelets.put(name, wavelet);
        }
        SubmitResult result = wavelet.submit(delta);
        List<CompletableFuture<Void>> woken = List.copyOf(waiting);
        waiting.clear();
        woken.forEach(w -> w.complete(null));
        SubmitResult told = interference.apply(submits).orElse(result);
        return gate.thenApply(opened -> told);
    }

    static SubmitResult refused(Reason reason) {
        return new SubmitResult.Refused(new Refusal(reason, "refused by the fake: " + reason));
    }

    @Override
    public synchronized CompletionStage<Answer<DeltaPage>> deltas(
            WaveletName name, ParticipantId reader, HashedVersion from, long maxBytes, Duration wait) {
        FakeWavelet wavelet = wavelets.get(name);
        if (wavelet == null || !wavelet.isOn(reader)) {
            return no(Reason.NO_SUCH_WAVELET);
        }
        if (!wavelet.isBoundary(from)) {
            return no(noBoundary(name, from));
        }
        DeltaPage page = wavelet.page(from, maxBytes);
        if (!page.deltas().isEmpty() || wait.isZero()) {
            return CompletableFuture.completedFuture(new Answer.Ok<>(page));
        }
        CompletableFuture<Void> wake =
                new CompletableFuture<Void>().completeOnTimeout(null, wait.toMillis(), TimeUnit.MILLISECONDS);
        long begin = System.nanoTime();
        waiting.add(wake);
        return wake.thenComposeAsync(woken -> {
            long left = wait.toMillis() - (System.nanoTime() - begin) / 1_000_000;
            return deltas(name, reader, from, maxBytes, Duration.ofMillis(Math.max(0, left)));
        });
    }

    @Override
    public synchronized CompletionStage<Answer<WaveletView>> view(WaveletName name, ParticipantId reader) {
        FakeWavelet wavelet = wavelets.get(name);
        return wavelet == null || !wavelet.isOn(reader)
                ? no(Reason.NO_SUCH_WAVELET)
                : CompletableFuture.completedFuture(new Answer.Ok<>(wavelet.view()));
    }

    @Override
    public synchronized CompletionStage<List<String>> waveletsOf(ParticipantId participant, String after, int limit) {
        return CompletableFuture.completedFuture(wavelets.values().stream()
                .filter(wavelet -> wavelet.isOn(participant))
                .map(wavelet -> wavelet.name().toUri())
                .filter(name -> name.compareTo(after) > 0)
                .sorted()
                .limit(limit)
                .toList());
    }

    private static <T> CompletionStage<Answer<T>> no(Reason reason) {
        return CompletableFuture.completedFuture(new Answer.No<>(new Refusal(reason, "refused by the fake")));
    }

    @Override
    public CompletionStage<SubmitResult> submitFromRemote(String domain, WaveletName wavelet, ByteString delta) {
        throw new UnsupportedOperationException("not of the client API");
    }

    @Override
    public CompletionStage<Answer<History>> history(
            String domain, WaveletName wavelet, HashedVersion start, HashedVersion end, OptionalLong maxBytes) {
        throw new UnsupportedOperationException("not of the client API");
    }

    @Override
    public CompletionStage<Answer<SignerInfo>> signer(
            String domain, ByteString signerId, WaveletName wavelet, HashedVersion end) {
        throw new UnsupportedOperationException("not of the client API");
    }

    @Override
    public CompletionStage<Answer<Boolean>> postSigner(String domain, SignerInfo signer) {
        throw new UnsupportedOperationException("not of the client API");
    }

    @Override
    public CompletionStage<Answer<Boolean>> updateFromRemote(String domain, WaveletUpdate update) {
        throw new UnsupportedOperationException("not of the client API");
    }

    @Override
    public void remoteDomainReachable(String localDomain, String remoteDomain) {}

    @Override
    public ReplicaCounts replicaCounts() {
        return ReplicaCounts.NONE;
    }
}
