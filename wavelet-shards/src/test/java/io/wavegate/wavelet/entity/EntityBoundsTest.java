package io.wavegate.wavelet.entity;

import static io.wavegate.wavelet.entity.TestWavelet.ALICE;
import static io.wavegate.wavelet.entity.TestWavelet.BOB;
import static io.wavegate.wavelet.entity.TestWavelet.applied;
import static io.wavegate.wavelet.entity.TestWavelet.creation;
import static io.wavegate.wavelet.entity.TestWavelet.delta;
import static io.wavegate.wavelet.entity.TestWavelet.get;
import static io.wavegate.wavelet.entity.TestWavelet.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.api.WaveletView;
import io.wavegate.wavelet.codec.AppliedDeltaCodec;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits in a wavelet is bounded wherever it waits; who finds no room is told so at once, and the others are served. */
class EntityBoundsTest {
    private static final WaveletUpdate TOLD = told();

    private final FaultyJournal journal = new FaultyJournal();
    private final LossyRemotes remotes = new LossyRemotes(1, 0);
    private WaveletNode node;

    @AfterEach
    void stop() {
        node.close();
    }

    private void start(LocalDomain domain, String settings) {
        node = new WaveletNode(domain, journal, () -> remotes, settings);
        remotes.join(domain.name(), node.wavelets());
    }

    @Test
    void deltasBehindAWrite() {
        start(TestDomains.A, "wavegate.wavelets.batch.max-pending = 4");
        WaveletName name = TestWavelet.name("behind");
        HashedVersion head = applied(node.wavelets().submit(name, creation(name, ALICE)));
        journal.hold();
        CompletableFuture<SubmitResult> first = submit(name, head, "first");
        await().until(() -> journal.held() == 1);
        List<CompletableFuture<SubmitResult>> more = many(10, i -> submit(name, head, "more" + i));

        await().until(() -> more.stream().filter(CompletableFuture::isDone).count() == 6);
        assertThat(more.stream().filter(CompletableFuture::isDone).map(EntityBoundsTest::reason))
                .containsOnly(Reason.OVERLOADED);
        journal.release();
        applied(first);
        assertThat(more.stream().map(TestWavelet::get).filter(SubmitResult.Applied.class::isInstance))
                .hasSize(4);
    }

    @Test
    void deltasForWhichOlderHistoryIsRead() {
        start(TestDomains.A, "wavegate.wavelets { batch.late-at-once = 2, tail.max-deltas = 2 }");
        WaveletName name = TestWavelet.name("late");
        HashedVersion old = applied(node.wavelets().submit(name, creation(name, ALICE)));
        HashedVersion head = old;
        for (int i = 0; i < 6; i++) {
            head = applied(submit(name, head, "new" + i));
        }
        journal.holdReads();
        List<CompletableFuture<SubmitResult>> late = many(6, i -> submit(name, old, "late" + i));

        await().until(() -> late.stream().filter(CompletableFuture::isDone).count() == 4);
        assertThat(late.stream().filter(CompletableFuture::isDone).map(EntityBoundsTest::reason))
                .containsOnly(Reason.OVERLOADED);
        applied(submit(name, head, "meanwhile"));
        journal.releaseReads();
        assertThat(late.stream().map(TestWavelet::get).filter(SubmitResult.Applied.class::isInstance))
                .hasSize(2);
    }

    @Test
    void requestsToAWaveletThatIsBeingLoaded() {
        start(TestDomains.A, "wavegate.wavelets.lifecycle.stash = 3");
        WaveletName name = TestWavelet.name("loading");
        applied(node.wavelets().submit(name, creation(name, ALICE)));
        node.close();
        journal.holdReads();
        start(TestDomains.A, "wavegate.wavelets.lifecycle.stash = 3");
        List<CompletableFuture<Answer<WaveletView>>> views =
                many(8, i -> node.wavelets().view(name, ALICE).toCompletableFuture());

        await().until(() -> views.stream().filter(CompletableFuture::isDone).count() == 5);
        journal.releaseReads();
        assertThat(views.stream().map(TestWavelet::get).filter(Answer.Ok.class::isInstance))
                .hasSize(3);
        assertThat(views.stream()
                        .map(TestWavelet::get)
                        .filter(Answer.No.class::isInstance)
                        .map(no -> ((Answer.No<WaveletView>) no).refusal().reason()))
                .containsOnly(Reason.OVERLOADED);
    }

    @Test
    void updatesOfAReplicaByNumber() {
        replicaTakes("wavegate.wavelets.replica.max-pending = 4", 3);
    }

    @Test
    void updatesOfAReplicaByBytes() {
        // One update counts its deltas and 256 bytes more: the bound is reached with the third.
        long two = 2 * (256 + TOLD.appliedDeltas().get(0).size());
        replicaTakes("wavegate.wavelets.replica.max-pending-bytes = " + (two + 1), 2);
    }

    private static WaveletUpdate told() {
        WaveletName name = TestWavelet.name("told");
        ByteString payload = DeltaCodec.encode(creation(name, ALICE, BOB));
        ByteString applied = AppliedDeltaCodec.encode(
                TestDomains.A.signer().sign(payload), HashChain.zero(name), 2, System.currentTimeMillis());
        return new WaveletUpdate(name, List.of(applied), Optional.empty());
    }

    private void replicaTakes(String settings, int besidesTheFirst) {
        start(TestDomains.B, settings);
        get(node.wavelets().postSigner("a.test", TestDomains.A.signer().info()));
        journal.hold();
        CompletableFuture<Answer<Boolean>> first = tell(TOLD);
        await().until(() -> journal.held() == 1);
        List<CompletableFuture<Answer<Boolean>>> more = many(10, i -> tell(TOLD));

        await().until(() -> more.stream().filter(CompletableFuture::isDone).count() == 10 - besidesTheFirst);
        journal.release();
        assertThat(get(first)).isEqualTo(new Answer.Ok<>(true));
        assertThat(more.stream().map(TestWavelet::get).filter(Answer.Ok.class::isInstance))
                .as("known by then, and handled")
                .hasSize(besidesTheFirst);
    }

    private CompletableFuture<Answer<Boolean>> tell(WaveletUpdate update) {
        return node.wavelets().updateFromRemote("a.test", update).toCompletableFuture();
    }

    private CompletableFuture<SubmitResult> submit(WaveletName name, HashedVersion target, String document) {
        return node.wavelets()
                .submit(name, delta(target, ALICE, write("b+" + document, "x")))
                .toCompletableFuture();
    }

    private static Reason reason(CompletableFuture<SubmitResult> answer) {
        return TestWavelet.refused(answer);
    }

    private static <T> List<T> many(int count, IntFunction<T> each) {
        List<T> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(each.apply(i));
        }
        return all;
    }
}
