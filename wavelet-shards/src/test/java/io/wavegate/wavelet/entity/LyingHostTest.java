package io.wavegate.wavelet.entity;

import static io.wavegate.wavelet.entity.TestWavelet.ALICE;
import static io.wavegate.wavelet.entity.TestWavelet.BOB;
import static io.wavegate.wavelet.entity.TestWavelet.applied;
import static io.wavegate.wavelet.entity.TestWavelet.creation;
import static io.wavegate.wavelet.entity.TestWavelet.delta;
import static io.wavegate.wavelet.entity.TestWavelet.get;
import static io.wavegate.wavelet.entity.TestWavelet.no;
import static io.wavegate.wavelet.entity.TestWavelet.view;
import static io.wavegate.wavelet.entity.TestWavelet.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StreamId;
import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.codec.AppliedDeltaCodec;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host that tells its replica what is not so: the replica stays as good as it was, keeps the evidence, and heals. */
class LyingHostTest {
    private static final String EVIDENCE = "contradiction";
    private static final int MAX_PENDING = 4;

    private final InMemoryJournal journal = new InMemoryJournal();
    private LossyRemotes remotes;
    private WaveletNode a;
    private WaveletNode b;
    private WaveletName name;
    private WaveletName bystander;
    private HashedVersion head;

    @BeforeEach
    void start() {
        remotes = new LossyRemotes(1, 0);
        a = new WaveletNode(TestDomains.A, new InMemoryJournal(), () -> remotes);
        b = new WaveletNode(
                TestDomains.B, journal, () -> remotes, "wavegate.wavelets.replica.max-pending = " + MAX_PENDING);
        remotes.join("a.test", a.wavelets());
        remotes.join("b.test", b.wavelets());
        bystander = TestWavelet.name("bystander");
        applied(a.wavelets().submit(bystander, creation(bystander, ALICE, BOB)));
        name = TestWavelet.name("lied-about");
        head = applied(a.wavelets().submit(name, creation(name, ALICE, BOB)));
        awaitSame(name);
    }

    /** Whatever was told of one wavelet, another one of the same host goes on. */
    @AfterEach
    void stop() {
        remotes.down(false);
        HashedVersion at = view(a.wavelets(), bystander, ALICE).version();
        applied(a.wavelets().submit(bystander, delta(at, ALICE, write("b+1", "x"))));
        awaitSame(bystander);
        // A replica that was told of what there is not asks its host for ever, and a node of one that is asked cannot
        // hand
        // over: its region waits until what it holds back for shards that nobody can give it any more is gone.
        remotes.down(true);
        a.close();
        b.close();
    }

    @Test
    void anotherHistorysHashIsSetAsideWithItsEvidenceAndTheTruthHeals() {
        HashedVersion forged = new HashedVersion(
                head.version(), head.historyHash().substring(1).concat(ByteString.copyFrom(new byte[1])));
        ByteString lie = told(forged, "lie");
        assertHandled(tell(lie));

        assertThat(view(b.wavelets(), name, BOB).version()).isEqualTo(head);
        await().until(() -> evidence().filter(lie::equals).isPresent());
        goesOn("truth");
    }

    @Test
    void twoDeltasForOneVersionAreEvidenceAndTheFirstStays() {
        applied(a.wavelets().submit(name, delta(head, ALICE, write("b+1", "first"))));
        awaitSame(name);
        ByteString other = told(head, "second");
        assertHandled(tell(other));

        await().until(() -> evidence().filter(other::equals).isPresent());
        assertThat(view(b.wavelets(), name, BOB).documents())
                .isEqualTo(view(a.wavelets(), name, ALICE).documents());
        goesOn("b+2");
    }

    @Test
    void aCommitNoticeOfTheFutureOrThePastChangesNothing() {
        HashedVersion future = new HashedVersion(1_000_000, head.historyHash());
        HashedVersion past = new HashedVersion(0, head.historyHash());
        for (HashedVersion notice : List.of(future, past, new HashedVersion(Long.MAX_VALUE, ByteString.EMPTY))) {
            get(b.wavelets().updateFromRemote("a.test", new WaveletUpdate(name, List.of(), Optional.of(notice))));
            assertThat(view(b.wavelets(), name, BOB).version()).isEqualTo(head);
        }
        goesOn("b+1");
    }

    /** While the host cannot be asked, what waits for its history is bounded, and everything is answered in the end. */
    @Test
    void updatesWithAGapAreBoundedAndAnswered() {
        remotes.down(true);
        List<CompletableFuture<Answer<Boolean>>> answers = new ArrayList<>();
        for (int i = 0; i < 20 * MAX_PENDING; i++) {
            HashedVersion ahead = new HashedVersion(head.version() + 2 + i, head.historyHash());
            answers.add(tell(told(ahead, "gap" + i)));
        }
        long full = answers.stream()
                .map(TestWavelet::get)
                .filter(answer ->
                        answer instanceof Answer.No<Boolean> no && no.refusal().reason() == Reason.OVERLOADED)
                .count();
        assertThat(full).isPositive();
        assertThat(view(b.wavelets(), name, BOB).version()).isEqualTo(head);
        remotes.down(false);
        goesOn("b+1");
    }

    /** What is stored is damaged: that wavelet says so, again and again, and is neither a crash nor anybody else's trouble. */
    @Test
    void aHistoryThatCannotBeLoadedIsTheTroubleOfItsWaveletAlone() {
        WaveletName damaged = TestWavelet.name("damaged");
        StoredEvent garbage = new StoredEvent(0, "delta-1", ByteString.copyFromUtf8("garbage"));
        get(journal.append(new Append(new StreamId("replica", damaged.toUri()), 0, List.of(garbage), 1, List.of())));
        for (int i = 0; i < 3; i++) {
            assertThat(no(b.wavelets().view(damaged, BOB))).isEqualTo(Reason.STORE_UNAVAILABLE);
        }
        assertThat(view(b.wavelets(), name, BOB).version()).isEqualTo(head);
    }

    private void goesOn(String document) {
        HashedVersion at = view(a.wavelets(), name, ALICE).version();
        applied(a.wavelets().submit(name, delta(at, ALICE, write(document, "x"))));
        awaitSame(name);
    }

    private Optional<ByteString> evidence() {
        return Optional.ofNullable(
                get(journal.hints(new StreamId("replica", name.toUri()))).get(EVIDENCE));
    }

    /** A delta signed by the host and told by it as applied at a version. */
    private static ByteString told(HashedVersion appliedAt, String text) {
        ByteString delta = DeltaCodec.encode(delta(appliedAt, ALICE, write("b+" + text, text)));
        return AppliedDeltaCodec.encode(TestDomains.A.signer().sign(delta), appliedAt, 1, System.currentTimeMillis());
    }

    private CompletableFuture<Answer<Boolean>> tell(ByteString appliedDelta) {
        return b.wavelets()
                .updateFromRemote("a.test", new WaveletUpdate(name, List.of(appliedDelta), Optional.empty()))
                .toCompletableFuture();
    }

    private static void assertHandled(CompletableFuture<Answer<Boolean>> answer) {
        assertThat(get(answer)).isEqualTo(new Answer.Ok<>(true));
    }

    private void awaitSame(WaveletName wavelet) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> get(b.wavelets().view(wavelet, BOB)) instanceof Answer.Ok<?> ok
                        && ok.value().equals(view(a.wavelets(), wavelet, ALICE)));
    }
}
