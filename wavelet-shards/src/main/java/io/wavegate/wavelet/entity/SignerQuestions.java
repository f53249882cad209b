package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.api.RemoteDomains;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.trust.TrustedSigner;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a wavelet's host for signers that we do not know, once at a time for each (spec 3.5). */
final class SignerQuestions {
    private static final Logger LOG = LoggerFactory.getLogger(SignerQuestions.class);
    private static final int MAX_OPEN = 1_000;

    private final SignerStore signers;
    private final Supplier<RemoteDomains> remotes;
    private final Map<ByteString, CompletableFuture<Boolean>> open = new ConcurrentHashMap<>();

    SignerQuestions(SignerStore signers, Supplier<RemoteDomains> remotes) {
        this.signers = signers;
        this.remotes = remotes;
    }

    /**
     * Sees to it that a signer is in memory if it can be had.
     *
     * @param end the version after a delta that carries the id
     * @return true if the host could not be asked, so that it is worth asking again
     */
    CompletionStage<Boolean> unreachable(String localDomain, WaveletName wavelet, ByteString id, HashedVersion end) {
        if (signers.cached(id).isPresent()) {
            return CompletableFuture.completedFuture(false);
        }
        return signers.find(wavelet.waveletDomain(), id)
                .thenCompose(found -> found.isPresent()
                        ? CompletableFuture.completedFuture(false)
                        : askOnce(localDomain, wavelet, id, end));
    }

    private CompletionStage<Boolean> askOnce(
            String localDomain, WaveletName wavelet, ByteString id, HashedVersion end) {
        if (open.size() >= MAX_OPEN) {
            return CompletableFuture.completedFuture(true);
        }
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> other = open.putIfAbsent(id, mine);
        if (other != null) {
            return other;
        }
        ask(localDomain, wavelet, id, end).whenComplete((unreachable, failure) -> {
            open.remove(id);
            mine.complete(failure != null || unreachable);
        });
        return mine;
    }

    private CompletionStage<Boolean> ask(String localDomain, WaveletName wavelet, ByteString id, HashedVersion end) {
        return remotes.get()
                .signer(localDomain, wavelet.waveletDomain(), id, wavelet, end)
                .thenCompose(answer -> {
                    if (answer instanceof Answer.No<SignerInfo> no) {
                        LOG.warn(
                                "{} gives us no certificates for the delta of wavelet {} that ends at version {}; it is"
                                        + " not accepted before. Cause: {}",
                                wavelet.waveletDomain(),
                                wavelet,
                                end.version(),
                                no.refusal().text());
                        return CompletableFuture.completedFuture(no.refusal().reason() != Reason.HOST_REFUSED);
                    }
                    return signers.check(wavelet.waveletDomain(), ((Answer.Ok<SignerInfo>) answer).value())
                            .thenCompose(checked -> keep(id, checked));
                });
    }

    // Another chain than the one asked for is no answer.
    private CompletionStage<Boolean> keep(ByteString id, Answer<TrustedSigner> checked) {
        if (checked instanceof Answer.Ok<TrustedSigner> ok && ok.value().id().equals(id)) {
            return signers.keep(ok.value()).thenApply(kept -> false);
        }
        LOG.warn("Certificates that a host gave us as a signer's are not used. Cause: {}", checked);
        return CompletableFuture.completedFuture(false);
    }
}
