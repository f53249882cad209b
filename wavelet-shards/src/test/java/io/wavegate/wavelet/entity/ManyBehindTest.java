package io.wavegate.wavelet.entity;

import static io.wavegate.wavelet.entity.TestWavelet.ALICE;
import static io.wavegate.wavelet.entity.TestWavelet.BOB;
import static io.wavegate.wavelet.entity.TestWavelet.applied;
import static io.wavegate.wavelet.entity.TestWavelet.creation;
import static io.wavegate.wavelet.entity.TestWavelet.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.History;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.RemoteDomains;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A domain that a thousand wavelets are behind on, and that comes back. */
class ManyBehindTest {
    private static final int WAVELETS = 1_000;
    private static final int AT_ONCE = 300;
    private static final String SETTINGS =
            """
            wavegate.wavelets.shards = 32
            wavegate.wavelets.lifecycle.idle = 300ms
            wavegate.wavelets.delivery { retry-min = 10ms, retry-max = 20ms, retries = 2, settle-after = 60s }
            """;

    @Test
    void whileItIsAwayNothingIsHeldAndWhenItReturnsAllAreCaughtUpWithoutAnEdit() {
        InMemoryJournal journal = new InMemoryJournal();
        Away remote = new Away();
        try (WaveletNode node = new WaveletNode(TestDomains.A, journal, () -> remote, SETTINGS)) {
            Map<WaveletName, CompletionStage<SubmitResult>> submits = new HashMap<>();
            for (int i = 0; i < WAVELETS; i++) {
                WaveletName name = TestWavelet.name("behind" + i);
                submits.put(name, node.wavelets().submit(name, creation(name, ALICE, BOB)));
            }
            Map<WaveletName, HashedVersion> heads = new HashMap<>();
            submits.forEach((name, submit) -> heads.put(name, applied(submit)));
            await().atMost(Duration.ofSeconds(60)).until(() -> node.runs() == 0);
            assertThat(behind(journal)).hasSize(WAVELETS);
            assertThat(remote.told).isEmpty();

            remote.here = true;
            // What the link says when the domain answers again.
            node.wavelets().remoteDomainReachable("a.test", "b.test");
            List<Integer> held = new ArrayList<>();
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                held.add(node.runs());
                return remote.told.size() == WAVELETS;
            });
            assertThat(remote.told).isEqualTo(heads);
            assertThat(held).allMatch(count -> count <= AT_ONCE);
            await().atMost(Duration.ofSeconds(60)).until(() -> behind(journal).isEmpty() && node.runs() == 0);
        }
    }

    private static List<String> behind(InMemoryJournal journal) {
        return get(journal.members(SetNames.behind("a.test", "b.test"), "", 2 * WAVELETS));
    }

    /** A domain that is away, and when it is here takes its time to give receipts. */
    private static final class Away implements RemoteDomains {
        private final Map<WaveletName, HashedVersion> told = new ConcurrentHashMap<>();
        private volatile boolean here;

        @Override
        public CompletionStage<Answer<Boolean>> update(String local, String remote, WaveletUpdate update) {
            if (!here) {
                return CompletableFuture.completedFuture(no());
            }
            return CompletableFuture.supplyAsync(
                    () -> {
                        told.put(update.wavelet(), update.committed().orElseThrow());
                        return new Answer.Ok<>(true);
                    },
                    CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
        }

        @Override
        public CompletionStage<SubmitResult> submit(
                String local, String remote, WaveletName wavelet, ByteString delta, SignerInfo signer) {
            return CompletableFuture.completedFuture(new SubmitResult.Refused(refusal()));
        }

        @Override
        public CompletionStage<Answer<History>> history(
                String local,
                String remote,
                WaveletName wavelet,
                HashedVersion start,
                HashedVersion end,
                OptionalLong maxBytes) {
            return CompletableFuture.completedFuture(no());
        }

        @Override
        public CompletionStage<Answer<SignerInfo>> signer(
                String local, String remote, ByteString signerId, WaveletName wavelet, HashedVersion end) {
            return CompletableFuture.completedFuture(no());
        }

        private static <T> Answer<T> no() {
            return new Answer.No<>(refusal());
        }

        private static Refusal refusal() {
            return new Refusal(Refusal.Reason.HOST_UNREACHABLE, "away");
        }
    }
}
