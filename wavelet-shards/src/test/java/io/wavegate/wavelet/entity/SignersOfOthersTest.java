package io.wavegate.wavelet.entity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.History;
import io.wavegate.wavelet.api.RemoteDomains;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.trust.TrustPolicy;
import io.wavegate.wavelet.trust.TrustedSigner;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Signers as others give them, and as long as their authorities count. */
class SignersOfOthersTest {
    private static final WaveletName WAVELET =
            WaveletName.parseModern("a.test/w+1/~/conv+root").orElseThrow();
    private static final SignerInfo A = TestDomains.A.signer().info();
    private static final SignerInfo C = TestDomains.C.signer().info();

    private final AtomicReference<TrustPolicy> trust = new AtomicReference<>(TestDomains.TRUST);
    private final WorkPool pool = new WorkPool("test", new WaveletSettings.Pool(1, 10));
    private final SignerStore store = new SignerStore(new InMemoryJournal(), trust::get, pool, 10);

    @AfterEach
    void close() {
        pool.close();
    }

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** Answers every question by the same chain. */
    private record Answering(SignerInfo always) implements RemoteDomains {
        @Override
        public CompletionStage<Answer<SignerInfo>> signer(
                String local, String remote, ByteString signerId, WaveletName wavelet, HashedVersion end) {
            return CompletableFuture.completedFuture(new Answer.Ok<>(always));
        }

        @Override
        public CompletionStage<Answer<Boolean>> update(String local, String remote, WaveletUpdate update) {
            throw new UnsupportedOperationException("only signers are asked for here");
        }

        @Override
        public CompletionStage<SubmitResult> submit(
                String local, String remote, WaveletName wavelet, ByteString delta, SignerInfo signer) {
            throw new UnsupportedOperationException("only signers are asked for here");
        }

        @Override
        public CompletionStage<Answer<History>> history(
                String local,
                String remote,
                WaveletName wavelet,
                HashedVersion start,
                HashedVersion end,
                OptionalLong maxBytes) {
            throw new UnsupportedOperationException("only signers are asked for here");
        }
    }

    private boolean unreachable(SignerInfo answer) {
        return now(new SignerQuestions(store, () -> new Answering(answer))
                .unreachable(
                        "b.test",
                        WAVELET,
                        TestDomains.A.signer().id(),
                        new HashedVersion(1, ByteString.copyFromUtf8("hash"))));
    }

    @Test
    void anotherChainThanTheOneAskedForIsNoAnswer() {
        assertThat(unreachable(C)).isFalse();
        assertThat(now(store.find("a.test", TestDomains.A.signer().id()))).isEmpty();
        assertThat(now(store.find("a.test", TestDomains.C.signer().id()))).isEmpty();
        unreachable(A);
        assertThat(now(store.find("a.test", TestDomains.A.signer().id()))).isPresent();
    }

    @Test
    void signersAreJudgedAnewWhenOtherAuthoritiesCount() {
        Answer<TrustedSigner> signer = now(store.check("a.test", A));
        now(store.keep(((Answer.Ok<TrustedSigner>) signer).value()));
        trust.set(TrustPolicy.of(List.of()));
        assertThat(now(store.find("a.test", TestDomains.A.signer().id())))
                .hasValueSatisfying(judged -> assertThat(judged).isInstanceOf(Answer.No.class));
        trust.set(TestDomains.TRUST);
        assertThat(now(store.find("a.test", TestDomains.A.signer().id())))
                .hasValueSatisfying(judged -> assertThat(judged).isInstanceOf(Answer.Ok.class));
    }
}
