package io.wavegate.wavelet.entity;

import static io.wavegate.wavelet.entity.TestWavelet.ALICE;
import static io.wavegate.wavelet.entity.TestWavelet.ANNA;
import static io.wavegate.wavelet.entity.TestWavelet.add;
import static io.wavegate.wavelet.entity.TestWavelet.applied;
import static io.wavegate.wavelet.entity.TestWavelet.creation;
import static io.wavegate.wavelet.entity.TestWavelet.delta;
import static io.wavegate.wavelet.entity.TestWavelet.get;
import static io.wavegate.wavelet.entity.TestWavelet.name;
import static io.wavegate.wavelet.entity.TestWavelet.no;
import static io.wavegate.wavelet.entity.TestWavelet.ok;
import static io.wavegate.wavelet.entity.TestWavelet.refused;
import static io.wavegate.wavelet.entity.TestWavelet.remove;
import static io.wavegate.wavelet.entity.TestWavelet.view;
import static io.wavegate.wavelet.entity.TestWavelet.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a hosted wavelet promises, over a journal that is slow, full or fenced at will. */
class HostedWaveletTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final AtomicLong setBackMillis = new AtomicLong();
    private static FaultyJournal journal;
    private static WaveletNode node;
    private static Wavelets wavelets;

    @BeforeAll
    static void start() {
        journal = new FaultyJournal();
        node = new WaveletNode(
                TestDomains.A,
                journal,
                () -> {
                    throw new AssertionError("nobody remote is on these wavelets");
                },
                // Every message between actors goes through serialization, as if all were on other nodes.
                "pekko.actor.serialize-messages = on, wavegate.wavelets.lifecycle.stop-timeout = 1h",
                () -> System.currentTimeMillis() - setBackMillis.get());
        wavelets = node.wavelets();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void aSubmitAtVersionZeroCreatesAndAViewShowsIt() {
        WaveletName name = name("create");
        HashedVersion one = applied(wavelets.submit(name, creation(name, ALICE)));
        HashedVersion two = applied(wavelets.submit(name, delta(one, ALICE, write("b+1", "hello"))));

        assertThat(two.version()).isEqualTo(2);
        assertThat(view(wavelets, name, ALICE).version()).isEqualTo(two);
        assertThat(view(wavelets, name, ALICE).documents()).containsOnlyKeys("b+1");
        assertThat(get(wavelets.waveletsOf(ALICE, "", 1000))).contains(name.toUri());
    }

    @Test
    void whoIsNotOnTheWaveletLearnsNoMoreThanThatThereIsNone() {
        WaveletName name = name("closed");
        HashedVersion head = applied(wavelets.submit(name, creation(name, ALICE)));

        assertThat(get(wavelets.view(name, ANNA)).toString().replace("closed", "absent"))
                .isEqualTo(get(wavelets.view(name("absent"), ANNA)).toString());
        assertThat(no(wavelets.deltas(name, ANNA, head, 1000, Duration.ZERO))).isEqualTo(Reason.NO_SUCH_WAVELET);
        assertThat(refused(wavelets.submit(name, delta(head, ANNA, add(ANNA))))).isEqualTo(Reason.NOT_PARTICIPANT);
        assertThat(no(wavelets.history("c.test", name, HashChain.zero(name), head, java.util.OptionalLong.empty())))
                .isEqualTo(Reason.NO_SUCH_WAVELET);
    }

    @Test
    void aUserWhoLeavesIsTakenOffAndMeetsAClosedDoor() {
        WaveletName name = name("leave");
        HashedVersion head = applied(wavelets.submit(name, creation(name, ALICE, ANNA)));
        CompletableFuture<Answer<DeltaPage>> waiting =
                wavelets.deltas(name, ANNA, head, 100_000, LONG).toCompletableFuture();
        applied(wavelets.submit(name, delta(head, ALICE, remove(ANNA))));

        assertThat(ok(waiting).deltas()).hasSize(1);
        assertThat(get(wavelets.waveletsOf(ANNA, "", 1000))).doesNotContain(name.toUri());
        assertThat(no(wavelets.view(name, ANNA))).isEqualTo(Reason.NO_SUCH_WAVELET);
    }

    @Test
    void aReaderWaitsForNewsAndGetsAnEmptyPageWhenThereIsNone() {
        WaveletName name = name("wait");
        HashedVersion head = applied(wavelets.submit(name, creation(name, ALICE)));
        assertThat(ok(wavelets.deltas(name, ALICE, head, 1000, Duration.ofMillis(50)))
                        .deltas())
                .isEmpty();

        CompletableFuture<Answer<DeltaPage>> waiting =
                wavelets.deltas(name, ALICE, head, 1000, LONG).toCompletableFuture();
        HashedVersion next = applied(wavelets.submit(name, delta(head, ALICE, write("b+1", "x"))));
        DeltaPage page = ok(waiting);
        assertThat(page.deltas()).extracting(DeltaPage.Delta::result).containsExactly(next);
        assertThat(page.head()).isEqualTo(next);
    }

    /** People leave wavelets open all day, and each look is dear to the store. */
    @Test
    void readersWhoWaitInVainHaveTheStoreAskedOnceInAWhile() {
        WaveletName name = name("vain");
        HashedVersion head = applied(wavelets.submit(name, creation(name, ALICE)));
        for (int i = 0; i < 5; i++) {
            assertThat(ok(wavelets.deltas(name, ALICE, head, 1000, Duration.ofMillis(20)))
                            .deltas())
                    .isEmpty();
        }
        assertThat(journal.heads(name)).isEqualTo(1);
    }

    /** And so do retries: all waits go by a clock that only goes on. */
    @Test
    void aWaitEndsInTimeThoughTheMachinesClockIsSetBack() {
        WaveletName name = name("set-back");
        HashedVersion head = applied(wavelets.submit(name, creation(name, ALICE)));
        CompletableFuture<Answer<DeltaPage>> waiting =
                wavelets.deltas(name, ALICE, head, 1000, Duration.ofSeconds(1)).toCompletableFuture();
        // Behind the reader, so that he waits by then.
        view(wavelets, name, ALICE);
        setBackMillis.set(Duration.ofHours(1).toMillis());
        try {
            assertThat(ok(waiting).deltas()).isEmpty();
        } finally {
            setBackMillis.set(0);
        }
    }

    @Test
    void nothingIsToldBeforeItIsDurable() {
        WaveletName name = name("durable");
        HashedVersion head = applied(wavelets.submit(name, creation(name, ALICE)));
        journal.hold();
        CompletableFuture<SubmitResult> submit =
                wavelets.submit(name, delta(head, ALICE, write("b+1", "x"))).toCompletableFuture();
        await().until(() -> journal.held() == 1);
        CompletableFuture<SubmitResult> refusedToo =
                wavelets.submit(name, delta(head, ANNA, write("b+1", "x"))).toCompletableFuture();

        assertThat(ok(wavelets.deltas(name, ALICE, head, 1000, Duration.ZERO)).deltas())
                .isEmpty();
        assertThat(view(wavelets, name, ALICE).version()).isEqualTo(head);
        assertThat(submit).isNotDone();
        journal.release();
        assertThat(applied(submit).version()).isEqualTo(2);
        assertThat(refused(refusedToo)).isEqualTo(Reason.NOT_PARTICIPANT);
    }

    @Test
    void whatArrivesDuringAWriteIsWrittenAsOne() {
        WaveletName name = name("batch");
        HashedVersion head = applied(wavelets.submit(name, creation(name, ALICE)));
        journal.hold();
        List<CompletableFuture<SubmitResult>> submits = new ArrayList<>();
        submits.add(
                wavelets.submit(name, delta(head, ALICE, write("b+first", "x"))).toCompletableFuture());
        await().until(() -> journal.held() == 1);
        int before = journal.appends().size();
        for (int i = 0; i < 50; i++) {
            submits.add(wavelets.submit(name, delta(head, ALICE, write("b+" + i, "x")))
                    .toCompletableFuture());
        }
        // A read behind them in the mailbox answers when all have arrived; signing has been waited for by then.
        await().pollDelay(Duration.ofMillis(500))
                .until(() -> view(wavelets, name, ALICE).version().equals(head));
        journal.release();
        submits.forEach(TestWavelet::applied);

        assertThat(journal.appends().size() - before).isLessThanOrEqualTo(3);
        assertThat(view(wavelets, name, ALICE).version().version()).isEqualTo(52);
    }

    @Test
    void theSameDeltaTwiceGetsTheSameAnswer() {
        WaveletName name = name("twice");
        HashedVersion head = applied(wavelets.submit(name, creation(name, ALICE)));
        WaveletDelta delta = delta(head, ALICE, write("b+1", "x"));
        SubmitResult first = get(wavelets.submit(name, delta));
        applied(wavelets.submit(name, delta(head, ALICE, write("b+2", "y"))));

        assertThat(get(wavelets.submit(name, delta))).isEqualTo(first);
        assertThat(get(wavelets.submit(name, creation(name, ALICE)))).isInstanceOf(SubmitResult.Applied.class);
        assertThat(view(wavelets, name, ALICE).version().version()).isEqualTo(3);
    }

    @Test
    void aFullDiskRefusesAndHealsByItself() {
        WaveletName name = name("full");
        HashedVersion head = applied(wavelets.submit(name, creation(name, ALICE)));
        WaveletDelta delta = delta(head, ALICE, write("b+1", "x"));
        journal.full(true);
        assertThat(refused(wavelets.submit(name, delta))).isEqualTo(Reason.STORE_UNAVAILABLE);
        assertThat(refused(wavelets.submit(name, delta))).isEqualTo(Reason.STORE_UNAVAILABLE);
        journal.full(false);
        await().until(() -> get(wavelets.submit(name, delta)) instanceof SubmitResult.Applied);

        assertThat(view(wavelets, name, ALICE).version().version()).isEqualTo(2);
    }

    @Test
    void anAppendWhoseAnswerWasLostIsRecognisedWhenResubmitted() {
        WaveletName name = name("lost");
        HashedVersion head = applied(wavelets.submit(name, creation(name, ALICE)));
        WaveletDelta delta = delta(head, ALICE, write("b+1", "x"));
        journal.loseNextAnswer();
        assertThat(refused(wavelets.submit(name, delta))).isEqualTo(Reason.STORE_UNAVAILABLE);

        assertThat(applied(wavelets.submit(name, delta)).version()).isEqualTo(2);
        assertThat(view(wavelets, name, ALICE).version().version()).isEqualTo(2);
    }

    @Test
    void anUnknownVersionAndAWrongHashAreRefused() {
        WaveletName name = name("version");
        HashedVersion head = applied(wavelets.submit(name, creation(name, ALICE)));
        HashedVersion wrong = new HashedVersion(1, HashChain.zero(name).historyHash());

        assertThat(refused(wavelets.submit(name, delta(wrong, ALICE, write("b+1", "x")))))
                .isEqualTo(Reason.HASH_MISMATCH);
        assertThat(refused(wavelets.submit(
                        name, delta(new HashedVersion(9, head.historyHash()), ALICE, write("b+1", "x")))))
                .isEqualTo(Reason.UNKNOWN_VERSION);
        assertThat(no(wavelets.deltas(name, ALICE, wrong, 1000, Duration.ZERO))).isEqualTo(Reason.HASH_MISMATCH);
        assertThat(refused(wavelets.submit(name, delta(head, TestWavelet.BOB, write("b+1", "x")))))
                .isEqualTo(Reason.BAD_AUTHOR);
    }

    @Test
    void aSlowStoreMakesTheAuthorWaitAndTheQuestionSaidAgainChangesNothing() {
        WaveletName name = name("slow");
        HashedVersion head = applied(wavelets.submit(name, creation(name, ALICE)));
        journal.hold();
        CompletableFuture<SubmitResult> submit =
                wavelets.submit(name, delta(head, ALICE, write("b+1", "x"))).toCompletableFuture();
        // So long that it was said again several times.
        await().pollDelay(Duration.ofSeconds(2)).until(() -> journal.held() == 1);
        int before = journal.appends().size();
        assertThat(submit).isNotDone();
        journal.release();

        assertThat(applied(submit).version()).isEqualTo(2);
        assertThat(applied(wavelets.submit(name, delta(head, ALICE, write("b+2", "y"))))
                        .version())
                .isEqualTo(3);
        assertThat(journal.appends().stream()
                        .skip(before)
                        .filter(append -> append.stream().key().equals(name.toUri())))
                .hasSize(2)
                .allMatch(append -> append.events().size() == 1);
    }

    @Test
    void aWaveletThatIsToStopFinishesItsWriteAndAllOthersAreAnsweredByTheNextOwner() {
        WaveletName name = name("moving");
        HashedVersion head = applied(wavelets.submit(name, creation(name, ALICE)));
        CompletableFuture<Answer<DeltaPage>> reader =
                wavelets.deltas(name, ALICE, head, 100_000, LONG).toCompletableFuture();
        journal.hold();
        CompletableFuture<SubmitResult> written =
                wavelets.submit(name, delta(head, ALICE, write("b+1", "x"))).toCompletableFuture();
        await().until(() -> journal.held() == 1);
        CompletableFuture<SubmitResult> waiting =
                wavelets.submit(name, delta(head, ALICE, write("b+2", "y"))).toCompletableFuture();
        node.stop(name);
        await().pollDelay(Duration.ofMillis(500)).until(() -> journal.held() == 1);
        assertThat(List.of(written, waiting, reader)).noneMatch(CompletableFuture::isDone);
        journal.release();

        assertThat(applied(written).version()).isEqualTo(2);
        assertThat(applied(waiting).version()).isEqualTo(3);
        assertThat(ok(reader).deltas().get(0).result()).isEqualTo(applied(written));
        assertThat(view(wavelets, name, ALICE).documents()).containsOnlyKeys("b+1", "b+2");
    }
}
