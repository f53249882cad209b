package io.wavegate.s2s.entity;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.api.History;
import io.wavegate.wavelet.api.Refusal;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what it is asked, and answers what it is told to. */
final class FakeWavelets implements Wavelets {
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<String> reachable = new CopyOnWriteArrayList<>();
    volatile Optional<Refusal> refusal = Optional.empty();
    volatile Optional<CompletableFuture<Answer<Boolean>>> slowPost = Optional.empty();
    volatile History history = SHORT_HISTORY;
    volatile Answer<Boolean> updated = new Answer.Ok<>(true);
    volatile Optional<CompletableFuture<Answer<Boolean>>> slowUpdate = Optional.empty();

    static final History SHORT_HISTORY = new History(
            List.of(ByteString.copyFromUtf8("delta-a"), ByteString.copyFromUtf8("delta-b")), OptionalLong.of(4), true);

    static final HashedVersion VERSION = new HashedVersion(7, ByteString.copyFromUtf8("hash of version 7..."));

    private <T> Answer<T> answer(T value) {
        return refusal.<Answer<T>>map(Answer.No::new).orElseGet(() -> new Answer.Ok<>(value));
    }

    @Override
    public CompletionStage<SubmitResult> submitFromRemote(
            String remoteDomain, WaveletName wavelet, ByteString signedDelta) {
        calls.add("submit " + remoteDomain + " " + wavelet.toUri() + " " + signedDelta.toStringUtf8());
        return CompletableFuture.completedFuture(refusal.<SubmitResult>map(SubmitResult.Refused::new)
                .orElseGet(() -> new SubmitResult.Applied(VERSION, 2, 1_700_000_000_000L)));
    }

    @Override
    public CompletionStage<Answer<History>> history(
            String remoteDomain, WaveletName wavelet, HashedVersion start, HashedVersion end, OptionalLong maxBytes) {
        calls.add("history " + remoteDomain + " " + start.version() + " " + end.version() + " " + maxBytes.getAsLong());
        return CompletableFuture.completedFuture(answer(history));
    }

    @Override
    public CompletionStage<Answer<SignerInfo>> signer(
            String remoteDomain, ByteString signerId, WaveletName wavelet, HashedVersion end) {
        calls.add("signer " + remoteDomain + " " + signerId.toStringUtf8() + " " + end.version());
        return CompletableFuture.completedFuture(answer(signerOf("a.test")));
    }

    static SignerInfo signerOf(String domain) {
        return new SignerInfo(
                SignerInfo.HashAlgorithm.SHA256,
                domain,
                List.of(ByteString.copyFromUtf8("leaf of " + domain), ByteString.copyFromUtf8("root")));
    }

    @Override
    public CompletionStage<Answer<Boolean>> postSigner(String remoteDomain, SignerInfo signer) {
        calls.add("post " + remoteDomain + " " + signer.domain());
        return slowPost.<CompletionStage<Answer<Boolean>>>map(future -> future)
                .orElseGet(() -> CompletableFuture.completedFuture(answer(true)));
    }

    @Override
    public CompletionStage<Answer<Boolean>> updateFromRemote(String remoteDomain, WaveletUpdate update) {
        calls.add("update " + remoteDomain + " " + update.wavelet().toUri() + " "
                + update.appliedDeltas().stream().map(ByteString::toStringUtf8).toList() + " "
                + update.committed()
                        .map(version -> Long.toString(version.version()))
                        .orElse("-"));
        return slowUpdate
                .<CompletionStage<Answer<Boolean>>>map(future -> future)
                .orElseGet(() -> CompletableFuture.completedFuture(updated));
    }

    @Override
    public void remoteDomainReachable(String localDomain, String remoteDomain) {
        reachable.add(localDomain + " " + remoteDomain);
    }

    @Override
    public CompletionStage<SubmitResult> submit(WaveletName wavelet, WaveletDelta delta) {
        throw new UnsupportedOperationException("no remote domain causes this");
    }

    @Override
    public CompletionStage<Answer<DeltaPage>> deltas(
            WaveletName wavelet, ParticipantId reader, HashedVersion from, long maxBytes, Duration wait) {
        throw new UnsupportedOperationException("no remote domain causes this");
    }

    @Override
    public CompletionStage<Answer<WaveletView>> view(WaveletName wavelet, ParticipantId reader) {
        throw new UnsupportedOperationException("no remote domain causes this");
    }

    @Override
    public CompletionStage<List<String>> waveletsOf(ParticipantId participant, String after, int limit) {
        throw new UnsupportedOperationException("no remote domain causes this");
    }

    @Override
    public ReplicaCounts replicaCounts() {
        return ReplicaCounts.NONE;
    }
}
