package io.wavegate.wavelet.entity;

import static io.wavegate.wavelet.entity.TestWavelet.ALICE;
import static io.wavegate.wavelet.entity.TestWavelet.applied;
import static io.wavegate.wavelet.entity.TestWavelet.creation;
import static io.wavegate.wavelet.entity.TestWavelet.delta;
import static io.wavegate.wavelet.entity.TestWavelet.get;
import static io.wavegate.wavelet.entity.TestWavelet.name;
import static io.wavegate.wavelet.entity.TestWavelet.ok;
import static io.wavegate.wavelet.entity.TestWavelet.refused;
import static io.wavegate.wavelet.entity.TestWavelet.view;
import static io.wavegate.wavelet.entity.TestWavelet.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.persistence.journal.StreamId;
import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.api.RemoteDomains;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.WaveletView;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Wavelets that leave memory and come back, and two owners over one journal. */
class WaveletRecoveryTest {
    private static final Supplier<RemoteDomains> NOBODY = () -> {
        throw new AssertionError("nobody remote is on these wavelets");
    };
    private static final String SMALL =
            """
            wavegate.wavelets.tail.max-deltas = 4
            wavegate.wavelets.lifecycle { snapshot-deltas = 10, snapshot-bytes = 1k }
            """;

    private final InMemoryJournal journal = new InMemoryJournal();

    private static HashedVersion edit(WaveletNode node, WaveletName name, HashedVersion from, int deltas) {
        HashedVersion head = from;
        for (int i = 0; i < deltas; i++) {
            head = applied(node.wavelets().submit(name, delta(head, ALICE, write("b+" + head.version(), "text"))));
        }
        return head;
    }

    @Test
    void aRestartedNodeHasTheSnapshotAndEveryDeltaAfterIt() {
        WaveletName name = name("recovered");
        WaveletView before;
        HashedVersion head;
        try (WaveletNode node = new WaveletNode(TestDomains.A, journal, NOBODY, SMALL)) {
            head = edit(node, name, applied(node.wavelets().submit(name, creation(name, ALICE))), 35);
            before = view(node.wavelets(), name, ALICE);
            StreamId stream = new StreamId("hosted", name.toUri());
            await().until(() -> get(journal.snapshot(stream)).isPresent());
        }
        try (WaveletNode node = new WaveletNode(TestDomains.A, journal, NOBODY, SMALL)) {
            assertThat(view(node.wavelets(), name, ALICE)).isEqualTo(before);
            DeltaPage all = ok(node.wavelets().deltas(name, ALICE, HashChain.zero(name), 1_000_000, Duration.ZERO));
            assertThat(all.deltas())
                    .hasSize(36)
                    .last()
                    .extracting(DeltaPage.Delta::result)
                    .isEqualTo(head);
            edit(node, name, head, 3);
        }
    }

    @Test
    void aDeltaAgainstAVersionBeforeTheTailIsTransformedOverHistoryFromTheJournal() {
        WaveletName name = name("late");
        try (WaveletNode node = new WaveletNode(TestDomains.A, journal, NOBODY, SMALL)) {
            HashedVersion early = applied(node.wavelets().submit(name, creation(name, ALICE)));
            HashedVersion head = edit(node, name, early, 30);
            WaveletDelta late = delta(early, ALICE, write("b+late", "x"));
            SubmitResult first = get(node.wavelets().submit(name, late));

            assertThat(((SubmitResult.Applied) first).version().version()).isEqualTo(head.version() + 1);
            assertThat(get(node.wavelets().submit(name, late))).isEqualTo(first);
        }
    }

    @Test
    void furtherBackThanTheBoundIsTooOld() {
        WaveletName name = name("old");
        String bound = SMALL + "wavegate.wavelets.delta.max-late-deltas = 10";
        try (WaveletNode node = new WaveletNode(TestDomains.A, journal, NOBODY, bound)) {
            HashedVersion early = applied(node.wavelets().submit(name, creation(name, ALICE)));
            edit(node, name, early, 30);
            assertThat(refused(node.wavelets().submit(name, delta(early, ALICE, write("b+late", "x")))))
                    .isEqualTo(Reason.TOO_OLD);
        }
    }

    @Test
    void anIdleWaveletLeavesMemoryAndComesBack() {
        WaveletName name = name("idle");
        String idle = SMALL + "wavegate.wavelets.lifecycle.idle = 100ms";
        try (WaveletNode node = new WaveletNode(TestDomains.A, journal, NOBODY, idle)) {
            HashedVersion head = applied(node.wavelets().submit(name, creation(name, ALICE)));
            await().pollDelay(Duration.ofMillis(600)).until(() -> true);
            assertThat(view(node.wavelets(), name, ALICE).version()).isEqualTo(head);
        }
    }

    @Test
    void ofTwoOwnersOneIsFencedAndNeitherForks() {
        WaveletName name = name("owners");
        try (WaveletNode one = new WaveletNode(TestDomains.A, journal, NOBODY);
                WaveletNode two = new WaveletNode(TestDomains.A, journal, NOBODY)) {
            HashedVersion head = applied(one.wavelets().submit(name, creation(name, ALICE)));
            assertThat(view(two.wavelets(), name, ALICE).version()).isEqualTo(head);
            HashedVersion next = edit(one, name, head, 1);
            WaveletDelta stale = delta(head, ALICE, write("b+stale", "x"));

            // Fenced at its first attempt, which tells nothing; asked again it has loaded what the other one wrote.
            HashedVersion last = applied(two.wavelets().submit(name, stale));
            assertThat(last.version()).isEqualTo(next.version() + 1);
            assertThat(applied(one.wavelets().submit(name, stale))).isEqualTo(last);
            assertThat(view(one.wavelets(), name, ALICE).version()).isEqualTo(last);
        }
    }

    @Test
    void aStaleOwnerRefusesNobodyForWhatItDoesNotKnow() {
        WaveletName name = name("stale");
        try (WaveletNode one = new WaveletNode(TestDomains.A, journal, NOBODY);
                WaveletNode two = new WaveletNode(TestDomains.A, journal, NOBODY)) {
            HashedVersion head = applied(one.wavelets().submit(name, creation(name, ALICE)));
            assertThat(view(two.wavelets(), name, ALICE).version()).isEqualTo(head);
            HashedVersion next = edit(one, name, head, 1);
            DeltaPage page = ok(two.wavelets().deltas(name, ALICE, next, 1_000, Duration.ZERO));
            assertThat(page.head()).isEqualTo(next);

            HashedVersion third = edit(one, name, next, 1);
            assertThat(applied(two.wavelets().submit(name, delta(third, ALICE, write("b+third", "x"))))
                            .version())
                    .isEqualTo(third.version() + 1);
        }
    }

    /** The one that stayed is not the one that wrote last, and nobody writes any more. */
    @Test
    void aStaleOwnerFindsOutWhenItsReadersWaitInVain() {
        WaveletName name = name("quiet");
        try (WaveletNode one = new WaveletNode(TestDomains.A, journal, NOBODY);
                WaveletNode two = new WaveletNode(TestDomains.A, journal, NOBODY)) {
            HashedVersion head = applied(one.wavelets().submit(name, creation(name, ALICE)));
            assertThat(view(two.wavelets(), name, ALICE).version()).isEqualTo(head);
            HashedVersion next = edit(one, name, head, 1);

            await().until(() -> ok(two.wavelets().deltas(name, ALICE, head, 1_000, Duration.ofMillis(100)))
                    .head()
                    .equals(next));
        }
    }
}
