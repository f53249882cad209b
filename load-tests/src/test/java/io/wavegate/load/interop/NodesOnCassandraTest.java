package io.wavegate.load.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.cassandra.runtime.CassandraProcess;
import io.wavegate.node.client.WavegateClient;
import io.wavegate.node.wiring.GatewayNode;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole gateway nodes, put on a real Cassandra by their configuration and nothing else. */
class NodesOnCassandraTest {
    private static final int LETTERS = 25;

    @TempDir
    private Path folder;

    @Test
    void twoDomainsShareOneHistoryBeforeAndAfterARestart() throws Exception {
        String storeA = CassandraProcess.shared().storeConfiguration("restart_a");
        String storeB = CassandraProcess.shared().storeConfiguration("restart_b");
        InteropDomain a = new InteropDomain("a.test", folder);
        InteropDomain b = new InteropDomain("b.test", folder);
        try (WavegateClient alice = a.client("alice");
                WavegateClient bob = b.client("bob")) {
            WaveletName name;
            Page left;
            Page right;
            List<DeltaPage.Delta> before;
            try (GatewayNode nodeA = a.start(storeA, b);
                    GatewayNode nodeB = b.start(storeB, a)) {
                name = Page.create(alice, bob.user());
                left = Page.open(alice, name);
                right = Page.open(bob, name);
                typeAtOnce(left, right);
                before = sameHistory(a, b, name);
                assertThat(before).hasSizeGreaterThanOrEqualTo(1 + 2 * LETTERS);
            }
            // Nobody answers now; what is typed waits at the clients, which were never closed.
            left.type("c", 1);
            right.type("d", 1);
            try (GatewayNode nodeA = a.start(storeA, b);
                    GatewayNode nodeB = b.start(storeB, a)) {
                typeAtOnce(left, right);
                assertThat(sameHistory(a, b, name)).startsWith(before.toArray(new DeltaPage.Delta[0]));
                assertThat(left.text())
                        .hasSize(4 * LETTERS + 2)
                        .isEqualTo(right.text())
                        .contains("c", "d");
                assertThat(alice.text(name, Page.BLIP)).isEqualTo(left.text());
                assertThat(bob.text(name, Page.BLIP)).isEqualTo(left.text());
            }
        }
    }

    @Test
    void aNodeOnAFolderAndANodeOnCassandraShareOneHistory() throws Exception {
        String inFolder = "wavegate.store.embedded.folder = \"" + folder.resolve("store") + "\"";
        InteropDomain a = new InteropDomain("a.test", folder);
        InteropDomain b = new InteropDomain("b.test", folder);
        try (GatewayNode nodeA = a.start(inFolder, b);
                GatewayNode nodeB = b.start(CassandraProcess.shared().storeConfiguration("mixed_b"), a);
                WavegateClient alice = a.client("alice");
                WavegateClient bob = b.client("bob")) {
            WaveletName name = Page.create(bob, alice.user());
            Page left = Page.open(alice, name);
            Page right = Page.open(bob, name);
            typeAtOnce(left, right);
            sameHistory(a, b, name);
            assertThat(left.text()).hasSize(2 * LETTERS).isEqualTo(right.text());
        }
    }

    /** What a network partition makes: two nodes that both believe to own the wavelet. The store decides. */
    @Test
    void twoOwnersOfOneWaveletFenceEachOtherAndTheHistoryHasNoFork() throws Exception {
        String store = CassandraProcess.shared().storeConfiguration("two_owners");
        InteropDomain first = new InteropDomain("a.test", folder);
        InteropDomain second = new InteropDomain("a.test", folder);
        WaveletName name;
        Page left;
        Page right;
        List<DeltaPage.Delta> servedByFirst;
        List<DeltaPage.Delta> servedBySecond;
        try (GatewayNode nodeOne = first.start(store);
                GatewayNode nodeTwo = second.start(store);
                WavegateClient alice = first.client("alice");
                WavegateClient carol = second.client("carol")) {
            name = Page.create(alice, carol.user());
            left = Page.open(alice, name);
            right = Page.open(carol, name);
            left.type("a", LETTERS);
            right.type("b", LETTERS);
            left.awaitQuiet();
            right.awaitQuiet();
            // Each in turn is surely behind now.
            left.type("c", 1);
            left.awaitQuiet();
            right.type("d", 1);
            right.awaitQuiet();
            servedByFirst = ServedHistory.of(first, "alice", name);
            servedBySecond = ServedHistory.of(second, "carol", name);
        }
        InteropDomain third = new InteropDomain("a.test", folder);
        try (GatewayNode nodeThree = third.start(store);
                WavegateClient alice = third.client("alice")) {
            List<DeltaPage.Delta> stored = ServedHistory.of(third, "alice", name);
            assertThat(stored).startsWith(servedByFirst.toArray(new DeltaPage.Delta[0]));
            assertThat(stored).isEqualTo(servedBySecond);
            assertThat(stored)
                    .extracting(DeltaPage.Delta::result)
                    .containsAll(left.acknowledged())
                    .containsAll(right.acknowledged());
            assertThat(left.acknowledged()).hasSize(LETTERS + 1).doesNotContainAnyElementsOf(right.acknowledged());
            assertThat(alice.text(name, Page.BLIP)).isEqualTo(right.text()).hasSize(2 * LETTERS + 2);
        }
    }

    private static void typeAtOnce(Page left, Page right) throws InterruptedException, TimeoutException {
        left.type("a", LETTERS);
        right.type("b", LETTERS);
        left.awaitQuiet();
        right.awaitQuiet();
        HashedVersion last = left.version().version() > right.version().version() ? left.version() : right.version();
        left.awaitVersion(last);
        right.awaitVersion(last);
        assertThat(left.version()).isEqualTo(right.version());
    }

    private static List<DeltaPage.Delta> sameHistory(InteropDomain a, InteropDomain b, WaveletName name)
            throws Exception {
        List<DeltaPage.Delta> history = ServedHistory.of(a, "alice", name);
        assertThat(ServedHistory.of(b, "bob", name)).isEqualTo(history);
        return history;
    }
}
