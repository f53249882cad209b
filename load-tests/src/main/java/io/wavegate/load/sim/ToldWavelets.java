package io.wavegate.load.sim;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.api.History;
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
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A node's wavelets as its links reach them: what other domains are answered is seen by the checker. */
final class ToldWavelets implements Wavelets {
    private final SimNode node;
    private final Life life;
    private @Nullable Wavelets wavelets;

    ToldWavelets(SimNode node, Life life) {
        this.node = node;
        this.life = life;
    }

    void of(Wavelets real) {
        wavelets = real;
    }

    private Wavelets real() {
        Wavelets real = wavelets;
        if (real == null) {
            throw new IllegalStateException("not started");
        }
        return real;
    }

    private Bugs bugs() {
        return node.domain().bugs();
    }

    @Override
    public CompletionStage<SubmitResult> submit(WaveletName wavelet, WaveletDelta delta) {
        return real().submit(wavelet, delta);
    }

    @Override
    public CompletionStage<Answer<DeltaPage>> deltas(
            WaveletName wavelet, ParticipantId reader, HashedVersion from, long maxBytes, Duration wait) {
        return real().deltas(wavelet, reader, from, maxBytes, wait);
    }

    @Override
    public CompletionStage<Answer<WaveletView>> view(WaveletName wavelet, ParticipantId reader) {
        return real().view(wavelet, reader);
    }

    @Override
    public CompletionStage<List<String>> waveletsOf(ParticipantId participant, String after, int limit) {
        return real().waveletsOf(participant, after, limit);
    }

    @Override
    public ReplicaCounts replicaCounts() {
        return real().replicaCounts();
    }

    @Override
    public CompletionStage<SubmitResult> submitFromRemote(
            String remoteDomain, WaveletName wavelet, ByteString signedDelta) {
        return real().submitFromRemote(remoteDomain, wavelet, signedDelta);
    }

    @Override
    public CompletionStage<Answer<History>> history(
            String remoteDomain, WaveletName wavelet, HashedVersion start, HashedVersion end, OptionalLong maxBytes) {
        return real().history(bugs().asking(node, remoteDomain), wavelet, start, end, maxBytes)
                .thenApply(bugs()::changed)
                .thenApply(answer -> {
                    if (answer instanceof Answer.Ok<History> ok
                            && !life.isOver()
                            && !node.world().muted()) {
                        ok.value()
                                .appliedDeltas()
                                .forEach(bytes -> node.domain().run().told(node, remoteDomain, wavelet, bytes));
                    }
                    return answer;
                });
    }

    @Override
    public CompletionStage<Answer<SignerInfo>> signer(
            String remoteDomain, ByteString signerId, WaveletName wavelet, HashedVersion end) {
        return real().signer(remoteDomain, signerId, wavelet, end);
    }

    @Override
    public CompletionStage<Answer<Boolean>> postSigner(String remoteDomain, SignerInfo signer) {
        return real().postSigner(remoteDomain, signer);
    }

    @Override
    public CompletionStage<Answer<Boolean>> updateFromRemote(String remoteDomain, WaveletUpdate update) {
        CompletionStage<Answer<Boolean>> handled = real().updateFromRemote(remoteDomain, update);
        return bugs().has(Bug.ACK_BEFORE_HANDLED) ? CompletableFuture.completedFuture(new Answer.Ok<>(true)) : handled;
    }

    @Override
    public void remoteDomainReachable(String localDomain, String remoteDomain) {
        if (!life.isOver() && !node.world().muted()) {
            real().remoteDomainReachable(localDomain, remoteDomain);
        }
    }
}
