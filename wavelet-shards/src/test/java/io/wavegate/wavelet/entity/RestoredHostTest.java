package io.wavegate.wavelet.entity;

import static io.wavegate.wavelet.entity.TestWavelet.ALICE;
import static io.wavegate.wavelet.entity.TestWavelet.BOB;
import static io.wavegate.wavelet.entity.TestWavelet.add;
import static io.wavegate.wavelet.entity.TestWavelet.applied;
import static io.wavegate.wavelet.entity.TestWavelet.creation;
import static io.wavegate.wavelet.entity.TestWavelet.delta;
import static io.wavegate.wavelet.entity.TestWavelet.get;
import static io.wavegate.wavelet.entity.TestWavelet.no;
import static io.wavegate.wavelet.entity.TestWavelet.ok;
import static io.wavegate.wavelet.entity.TestWavelet.refused;
import static io.wavegate.wavelet.entity.TestWavelet.view;
import static io.wavegate.wavelet.entity.TestWavelet.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StreamId;
import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A host that was restored from an old backup and went on from there: its replica finds where both part, fetches the
 * other history and follows it; what it had stays as evidence.
 */
class RestoredHostTest {
    private static final ParticipantId BERTA = new ParticipantId("berta@b.test");
    private static final String SMALL_PAGES = "wavegate.wavelets.reading.page-bytes = 300\n";
    private static final String NO_PAUSE = "wavegate.wavelets.replica.replace-pause = 0s\n";

    private final List<WaveletNode> nodes = new ArrayList<>();
    private final Journal hostsJournal = new InMemoryJournal();
    private final FaultyJournal journal = new FaultyJournal();
    private final WaveletName name = TestWavelet.name("restored");
    private LossyRemotes remotes;
    private WaveletNode a;
    private WaveletNode b;

    private void start(long seed, int lossPercent, String settings) {
        remotes = new LossyRemotes(seed, lossPercent);
        a = node(TestDomains.A, hostsJournal, "");
        b = node(TestDomains.B, journal, settings);
        HashedVersion head = applied(a.wavelets().submit(name, creation(name, ALICE, BOB)));
        for (int i = 0; i < 10; i++) {
            head = applied(a.wavelets().submit(name, delta(head, ALICE, write("b+" + i, "common " + i))));
        }
        awaitSame(a);
    }

    private WaveletNode node(LocalDomain domain, Journal store, String settings) {
        WaveletNode node = new WaveletNode(domain, store, () -> remotes, settings);
        nodes.add(node);
        remotes.join(domain.name(), node.wavelets());
        return node;
    }

    @AfterEach
    void stop() {
        // A node that is told something while it stops waits for a shard that does not come any more.
        remotes.down(true);
        nodes.forEach(WaveletNode::close);
    }

    @Test
    void theReplicaFollowsTheHostsOtherHistoryAndEverybodyLearnsOfIt() {
        start(1, 0, SMALL_PAGES);
        HashedVersion common = view(a.wavelets(), name, ALICE).version();
        edits(a, "lost", 5, add(BERTA));
        HashedVersion lost = awaitSame(a);
        CompletableFuture<Answer<DeltaPage>> follower = b.wavelets()
                .deltas(name, BOB, lost, 1000, Duration.ofSeconds(20))
                .toCompletableFuture();
        restore(common);
        edits(a, "written", 8);
        HashedVersion head = awaitSame(a);

        assertThat(no(follower)).isEqualTo(Reason.HISTORY_REPLACED);
        assertThat(no(b.wavelets().deltas(name, BOB, lost, 1000, Duration.ZERO)))
                .isEqualTo(Reason.HISTORY_REPLACED);
        assertThat(refused(b.wavelets().submit(name, delta(lost, BOB, write("b+bob", "x")))))
                .isEqualTo(Reason.HISTORY_REPLACED);
        remotes.down(true);
        assertThat(refused(b.wavelets().submit(name, delta(lost, BOB, write("b+bob", "x")))))
                .as("also if the host is silent about it")
                .isEqualTo(Reason.HISTORY_REPLACED);
        remotes.down(false);
        assertThat(ok(b.wavelets().deltas(name, BOB, common, 100_000, Duration.ZERO))
                        .head())
                .as("who has the common part only reads on")
                .isEqualTo(head);
        assertThat(no(b.wavelets().view(name, BERTA))).isEqualTo(Reason.NO_SUCH_WAVELET);
        assertThat(get(b.wavelets().waveletsOf(BERTA, "", 10))).isEmpty();
        assertThat(get(b.wavelets().waveletsOf(BOB, "", 10))).containsExactly(name.toUri());
        assertThat(b.wavelets().replicaCounts().replaced()).isEqualTo(1);
        assertThat(head(0)).as("what was replaced is kept").isEqualTo(lost.version());
        applied(b.wavelets().submit(name, delta(head, BOB, write("b+bob", "on top"))));
        awaitSame(a);
        await().until(() -> get(journal.members("behind/b.test/a.test", "", 10)).isEmpty());
    }

    /** A receipt would say that we have what is nowhere but in memory. */
    @Test
    void whileTheOtherHistoryIsFetchedOursIsServedAndUpdatesGetNoReceipt() {
        start(1, 0, "");
        HashedVersion common = view(a.wavelets(), name, ALICE).version();
        edits(a, "lost", 3);
        HashedVersion lost = awaitSame(a);
        journal.holdWhen(append -> append.stream().equals(stream(1)));
        restoreAndGoOn(common, "written", 5);
        await().until(() -> journal.held() > 0);
        HashedVersion head = view(a.wavelets(), name, ALICE).version();
        List<ByteString> first = ok(a.wavelets().history("b.test", name, common, head, OptionalLong.of(1)))
                .appliedDeltas();
        WaveletUpdate told = new WaveletUpdate(name, first, Optional.empty());

        assertThat(no(b.wavelets().updateFromRemote("a.test", told))).isEqualTo(Reason.QUARANTINED);
        assertThat(view(b.wavelets(), name, BOB).version()).isEqualTo(lost);
        journal.release();
        awaitSame(a);
        assertThat(ok(b.wavelets().updateFromRemote("a.test", told))).isTrue();
    }

    @Test
    void aShorterHistoryIsFollowedToo() {
        start(1, 0, "");
        HashedVersion common = view(a.wavelets(), name, ALICE).version();
        edits(a, "lost", 30);
        awaitSame(a);
        restore(common);
        edits(a, "written", 1);

        awaitSame(a);
    }

    /** A host that lost everything: its users made the wavelet anew. */
    @Test
    void aHistoryThatIsAnotherFromTheFirstDeltaOnIsFollowed() {
        start(1, 0, "");
        a = node(TestDomains.A, new InMemoryJournal(), "");
        applied(a.wavelets().submit(name, creation(name, ALICE, BOB, BERTA)));
        edits(a, "new", 2);

        HashedVersion head = awaitSame(a);
        assertThat(get(b.wavelets().waveletsOf(BERTA, "", 10))).containsExactly(name.toUri());
        applied(b.wavelets().submit(name, delta(head, BERTA, write("b+berta", "x"))));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void itHealsWhereverHistoriesPartAndWhateverIsLost(long seed) {
        start(seed, 20, SMALL_PAGES + "wavegate.wavelets.tail.max-deltas = 4");
        Random random = new Random(seed);
        HashedVersion common = view(a.wavelets(), name, ALICE).version();
        edits(a, "lost", 1 + random.nextInt(25));
        awaitSame(a);
        restore(common);
        edits(a, "written", 1 + random.nextInt(25));

        awaitSame(a);
        assertThat(b.wavelets().replicaCounts().replaced()).isEqualTo(1);
    }

    /** Killed between two pages, of the common part or of the host's: the next start goes on there. */
    @ParameterizedTest(name = "at version {0}")
    @ValueSource(longs = {6, 16})
    void aRestartInTheMiddleGoesOnWhereItWas(long until) {
        start(1, 0, SMALL_PAGES);
        HashedVersion common = view(a.wavelets(), name, ALICE).version();
        assertThat(common.version()).isEqualTo(12);
        edits(a, "lost", 5);
        awaitSame(a);
        remotes.answerHistory(from -> head(1) < until);
        journal.holdWhen(append -> append.stream().equals(stream(1)) && append.newHead() > until);
        restoreAndGoOn(common, "written", 20);
        await().until(() -> journal.held() > 0 || head(1) >= until);
        b.close();
        long reached = head(1);
        int appends = journal.appends().size();
        assertThat(reached).isBetween(1L, until);
        remotes.answerHistory(from -> true);
        journal.drop();
        b = node(TestDomains.B, journal, SMALL_PAGES);
        // Without a nudge: what had been told before it was killed.
        await().until(() -> b.wavelets().replicaCounts().replaced() == 1);
        a.wavelets().remoteDomainReachable("a.test", "b.test");

        awaitSame(a);
        assertThat(journal.appends().stream()
                        .skip(appends)
                        .filter(append -> append.stream().equals(stream(1)))
                        .findFirst())
                .hasValueSatisfying(append -> assertThat(append.expectedHead()).isEqualTo(reached));
    }

    @Test
    void aHostThatChangesItsHistoryAllTheTimeIsFollowedOnceInTheConfiguredTime() {
        start(1, 0, "");
        HashedVersion common = view(a.wavelets(), name, ALICE).version();
        edits(a, "first", 3);
        awaitSame(a);
        restore(common);
        edits(a, "second", 2);
        HashedVersion second = awaitSame(a);
        restore(common);
        edits(a, "third", 4);

        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(4))
                .until(() -> view(b.wavelets(), name, BOB).version().equals(second));
        assertThat(head(2)).as("nothing is fetched").isZero();
        assertThat(b.wavelets().replicaCounts().replaced()).isEqualTo(1);
    }

    @Test
    void whatIsKeptOfFormerHistoriesIsBounded() {
        start(1, 0, NO_PAUSE);
        HashedVersion common = view(a.wavelets(), name, ALICE).version();
        for (int i = 1; i <= 4; i++) {
            edits(a, "history" + i, 2);
            awaitSame(a);
            restore(common);
        }
        edits(a, "last", 3);
        awaitSame(a);

        assertThat(b.wavelets().replicaCounts().replaced()).isEqualTo(4);
        assertThat(List.of(head(0), head(1), head(2))).containsOnly(0L);
        assertThat(head(3)).isPositive();
        assertThat(head(4)).isPositive();
    }

    @Test
    void aHostThatTakesItBackIsFollowedInItsFormerHistory() {
        start(1, 0, SMALL_PAGES);
        HashedVersion common = view(a.wavelets(), name, ALICE).version();
        edits(a, "kept", 5);
        awaitSame(a);
        WaveletNode original = a;
        remotes.answerHistory(from -> head(1) < 14);
        restoreAndGoOn(common, "never", 20);
        await().until(() -> head(1) >= 14);
        a = original;
        remotes.join("a.test", a.wavelets());
        remotes.answerHistory(from -> true);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> b.wavelets().replicaCounts().abandoned() == 1);
        edits(a, "on", 1);
        awaitSame(a);
        await().until(() -> head(1) == 0);
        assertThat(b.wavelets().replicaCounts().replaced()).isZero();
    }

    /** The host as it was at a version, on another journal. */
    private void restore(HashedVersion at) {
        Journal backup = new InMemoryJournal();
        StreamId stream = new StreamId("hosted", name.toUri());
        List<StoredEvent> events =
                get(hostsJournal.read(stream, 0, at.version(), Long.MAX_VALUE)).events();
        get(backup.append(new Append(stream, 0, events, at.version(), List.of())));
        a = node(TestDomains.A, backup, "");
    }

    /** The replica hears of it when all is written: it fetches all of it at once. */
    private void restoreAndGoOn(HashedVersion at, String text, int deltas) {
        remotes.down(true);
        restore(at);
        edits(a, text, deltas);
        remotes.down(false);
        a.wavelets().remoteDomainReachable("a.test", "b.test");
    }

    private void edits(WaveletNode host, String text, int deltas, io.wavegate.wavelet.model.WaveletOperation... first) {
        HashedVersion head = view(host.wavelets(), name, ALICE).version();
        if (first.length > 0) {
            head = applied(host.wavelets().submit(name, delta(head, ALICE, first)));
        }
        for (int i = 0; i < deltas; i++) {
            head = applied(host.wavelets().submit(name, delta(head, ALICE, write("b+" + text + i, text))));
        }
    }

    private HashedVersion awaitSame(WaveletNode host) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> get(b.wavelets().view(name, BOB)) instanceof Answer.Ok<?> ok
                        && ok.value().equals(view(host.wavelets(), name, ALICE)));
        return view(host.wavelets(), name, ALICE).version();
    }

    private StreamId stream(long generation) {
        return GenerationLog.streamOf(name, generation);
    }

    private long head(long generation) {
        return get(journal.head(stream(generation)));
    }
}
