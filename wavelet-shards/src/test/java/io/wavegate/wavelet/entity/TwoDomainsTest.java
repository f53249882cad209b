package io.wavegate.wavelet.entity;

import static io.wavegate.wavelet.entity.TestWavelet.ALICE;
import static io.wavegate.wavelet.entity.TestWavelet.BOB;
import static io.wavegate.wavelet.entity.TestWavelet.applied;
import static io.wavegate.wavelet.entity.TestWavelet.creation;
import static io.wavegate.wavelet.entity.TestWavelet.delta;
import static io.wavegate.wavelet.entity.TestWavelet.get;
import static io.wavegate.wavelet.entity.TestWavelet.no;
import static io.wavegate.wavelet.entity.TestWavelet.ok;
import static io.wavegate.wavelet.entity.TestWavelet.refused;
import static io.wavegate.wavelet.entity.TestWavelet.remove;
import static io.wavegate.wavelet.entity.TestWavelet.view;
import static io.wavegate.wavelet.entity.TestWavelet.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.api.WaveletView;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two domains, each with its own cluster and journal, that meet only through what carries updates between them. */
class TwoDomainsTest {
    private final InMemoryJournal journalA = new InMemoryJournal();
    private final InMemoryJournal journalB = new InMemoryJournal();
    private WaveletNode a;
    private WaveletNode b;
    private LossyRemotes remotes;

    private void start(long seed, int lossPercent) {
        remotes = new LossyRemotes(seed, lossPercent);
        a = new WaveletNode(TestDomains.A, journalA, () -> remotes);
        b = new WaveletNode(TestDomains.B, journalB, () -> remotes);
        remotes.join("a.test", a.wavelets());
        remotes.join("b.test", b.wavelets());
    }

    @AfterEach
    void stop() {
        a.close();
        b.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void bothSidesEndWithTheSameHistoryWhateverIsLost(long seed) {
        start(seed, 30);
        WaveletName name = TestWavelet.name("lossy" + seed);
        applied(a.wavelets().submit(name, creation(name, ALICE, BOB)));
        for (int i = 0; i < 30; i++) {
            HashedVersion seen = view(a.wavelets(), name, ALICE).version();
            applied(a.wavelets().submit(name, delta(seen, ALICE, write("b+alice" + i, "x"))));
            if (get(b.wavelets().view(name, BOB)) instanceof Answer.Ok<WaveletView> ok) {
                persist(name, delta(ok.value().version(), BOB, write("b+bob" + i, "y")));
            }
        }
        awaitSame(name);
        assertThat(history(b.wavelets(), name, BOB)).isEqualTo(history(a.wavelets(), name, ALICE));
        assertThat(view(b.wavelets(), name, BOB).documents())
                .isEqualTo(view(a.wavelets(), name, ALICE).documents());
    }

    // As a client does: the same bytes until there is an answer.
    private void persist(WaveletName name, WaveletDelta delta) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> get(b.wavelets().submit(name, delta)) instanceof SubmitResult.Applied);
    }

    @Test
    void afterAnOutageTheWaveletGoesOnFromWhatWasAcknowledged() {
        start(1, 0);
        WaveletName name = TestWavelet.name("outage");
        HashedVersion head = applied(a.wavelets().submit(name, creation(name, ALICE, BOB)));
        awaitSame(name);
        remotes.down(true);
        for (int i = 0; i < 20; i++) {
            head = applied(a.wavelets().submit(name, delta(head, ALICE, write("b+" + i, "x"))));
        }
        assertThat(refused(b.wavelets().submit(name, delta(head, BOB, write("b+bob", "y")))))
                .isEqualTo(Reason.HOST_UNREACHABLE);
        assertThat(get(journalA.members("behind/a.test/b.test", "", 10))).containsExactly(name.toUri());
        remotes.down(false);
        a.wavelets().remoteDomainReachable("a.test", "b.test");
        awaitSame(name);

        await().until(() ->
                get(journalA.members("behind/a.test/b.test", "", 10)).isEmpty());
    }

    @Test
    void aHostThatRestartsTellsWhatItHadNotToldWithoutBeingNudged() {
        start(1, 0);
        WaveletName name = TestWavelet.name("restart");
        HashedVersion head = applied(a.wavelets().submit(name, creation(name, ALICE, BOB)));
        awaitSame(name);
        remotes.down(true);
        head = applied(a.wavelets().submit(name, delta(head, ALICE, write("b+1", "x"))));
        head = applied(a.wavelets().submit(name, delta(head, ALICE, remove(BOB))));
        a.close();
        remotes.down(false);
        a = new WaveletNode(TestDomains.A, journalA, () -> remotes);
        remotes.join("a.test", a.wavelets());

        await().until(() -> get(b.wavelets().waveletsOf(BOB, "", 10)).isEmpty());
        applied(a.wavelets().submit(name, delta(head, ALICE, write("b+2", "secret"))));
        assertThat(ok(a.wavelets().history("b.test", name, HashChain.zero(name), head, OptionalLong.empty()))
                        .appliedDeltas())
                .hasSize(3);
        assertThat(no(a.wavelets()
                        .history(
                                "b.test",
                                name,
                                HashChain.zero(name),
                                view(a.wavelets(), name, ALICE).version(),
                                OptionalLong.empty())))
                .isEqualTo(Reason.UNKNOWN_VERSION);
        await().until(() ->
                get(journalA.members("behind/a.test/b.test", "", 10)).isEmpty());
        assertThat(remotes.delivered().stream().flatMap(u -> u.committed().stream()))
                .allMatch(at -> at.version() <= 4);
    }

    @Test
    void aReplicaThatRestartsHasWhatItHad() {
        start(1, 0);
        WaveletName name = TestWavelet.name("replica");
        HashedVersion head = applied(a.wavelets().submit(name, creation(name, ALICE, BOB)));
        applied(a.wavelets().submit(name, delta(head, ALICE, write("b+1", "x"))));
        awaitSame(name);
        remotes.down(true);
        b.close();
        b = new WaveletNode(TestDomains.B, journalB, () -> remotes);
        remotes.join("b.test", b.wavelets());

        assertThat(history(b.wavelets(), name, BOB)).isEqualTo(history(a.wavelets(), name, ALICE));
        assertThat(get(b.wavelets().waveletsOf(BOB, "", 10))).containsExactly(name.toUri());
    }

    @Test
    void onlyTheHostMayTellOfItsWavelets() {
        start(1, 0);
        WaveletName name = TestWavelet.name("forged");
        applied(a.wavelets().submit(name, creation(name, ALICE, BOB)));
        awaitSame(name);
        WaveletUpdate replayed = remotes.delivered().get(0);

        assertThat(no(b.wavelets().updateFromRemote("c.test", replayed))).isEqualTo(Reason.HOST_REFUSED);
        assertThat(no(a.wavelets().updateFromRemote("a.test", replayed))).isEqualTo(Reason.HOST_REFUSED);
        assertThat(ok(b.wavelets().updateFromRemote("a.test", replayed))).isTrue();
    }

    @Test
    void aDeltaThatIsNotTheHostsIsSetAsideAndTheGoodCopyStays() {
        start(1, 0);
        WaveletName name = TestWavelet.name("tampered");
        HashedVersion head = applied(a.wavelets().submit(name, creation(name, ALICE, BOB)));
        awaitSame(name);
        WaveletUpdate told = remotes.delivered().get(0);
        WaveletUpdate garbage =
                new WaveletUpdate(name, List.of(told.appliedDeltas().get(0).substring(3)), Optional.empty());

        assertThat(ok(b.wavelets().updateFromRemote("a.test", garbage))).isTrue();
        applied(a.wavelets().submit(name, delta(head, ALICE, write("b+1", "x"))));
        awaitSame(name);
    }

    @Test
    void aSignerMustBePostedBeforeItsDeltaCounts() throws Exception {
        start(1, 0);
        WaveletName name = TestWavelet.name("signers");
        HashedVersion head = applied(a.wavelets().submit(name, creation(name, ALICE, BOB)));
        WaveletDelta delta = delta(head, BOB, write("b+1", "y"));
        var payload = io.wavegate.wavelet.codec.DeltaCodec.encode(delta);
        var byB = TestDomains.B.signer().sign(payload).bytes();
        var byC = TestDomains.C.signer().sign(payload).bytes();

        assertThat(refused(a.wavelets().submitFromRemote("b.test", name, byB))).isEqualTo(Reason.UNKNOWN_SIGNER);
        assertThat(no(a.wavelets().postSigner("b.test", TestDomains.C.signer().info())))
                .isEqualTo(Reason.BAD_SIGNATURE);
        ok(a.wavelets().postSigner("c.test", TestDomains.C.signer().info()));
        assertThat(refused(a.wavelets().submitFromRemote("b.test", name, byC))).isEqualTo(Reason.BAD_SIGNATURE);
        SignerInfo claimsAnother = new SignerInfo(
                SignerInfo.HashAlgorithm.SHA256,
                "c.test",
                TestDomains.B.signer().info().certificates());
        ok(a.wavelets().postSigner("b.test", claimsAnother));
        assertThat(refused(a.wavelets().submitFromRemote("c.test", name, byB))).isEqualTo(Reason.BAD_AUTHOR);
        assertThat(applied(a.wavelets().submitFromRemote("b.test", name, byB)).version())
                .isEqualTo(3);
        HashedVersion end = view(a.wavelets(), name, ALICE).version();
        SignerInfo kept =
                ok(a.wavelets().signer("b.test", TestDomains.B.signer().id(), name, end));
        assertThat(kept.domain()).as("kept as its sender's").isEqualTo("b.test");
    }

    private void awaitSame(WaveletName name) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    HashedVersion host = view(a.wavelets(), name, ALICE).version();
                    return get(b.wavelets().view(name, BOB)) instanceof Answer.Ok<WaveletView> ok
                            && ok.value().version().equals(host);
                });
    }

    private static List<DeltaPage.Delta> history(Wavelets wavelets, WaveletName name, ParticipantId reader) {
        List<DeltaPage.Delta> all = new ArrayList<>();
        HashedVersion from = HashChain.zero(name);
        DeltaPage page;
        do {
            page = ok(wavelets.deltas(name, reader, from, 700, Duration.ZERO));
            all.addAll(page.deltas());
            from = all.get(all.size() - 1).result();
        } while (!from.equals(page.head()));
        return all;
    }
}
