package io.wavegate.wavelet.entity;

import static io.wavegate.wavelet.entity.TestWavelet.ALICE;
import static io.wavegate.wavelet.entity.TestWavelet.ANNA;
import static io.wavegate.wavelet.entity.TestWavelet.applied;
import static io.wavegate.wavelet.entity.TestWavelet.creation;
import static io.wavegate.wavelet.entity.TestWavelet.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Wavelets that move between nodes while everybody writes: whatever was acknowledged is there, once, in one history, in
 * each author's order, and every submit got its one true answer.
 */
class HandOverTest {
    private static final int WAVELETS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final InMemoryJournal journal = new InMemoryJournal();
    private final List<ClusterNode> nodes = new ArrayList<>();
    private final List<BusyAuthor> authors = new ArrayList<>();
    private final List<NewsReader> readers = new ArrayList<>();

    private ClusterNode node() {
        ClusterNode node = new ClusterNode(journal, "");
        nodes.add(node);
        return node;
    }

    private void form(ClusterNode... members) {
        Arrays.stream(members).forEach(member -> {
            member.join(members[0]);
            await().atMost(PATIENCE).until(() -> member.members() >= 1);
        });
        await().atMost(PATIENCE).until(() -> Arrays.stream(members).allMatch(m -> m.members() == members.length));
    }

    @AfterEach
    void stop() {
        nodes.parallelStream().forEach(ClusterNode::close);
    }

    /** Wavelets on all nodes, with an author at each of two of them and a reader at the first. */
    private void write(Wavelets one, Wavelets two) {
        for (int i = 0; i < WAVELETS; i++) {
            WaveletName name = TestWavelet.name("moved" + i);
            HashedVersion head = applied(one.submit(name, creation(name, ALICE, ANNA)));
            authors.add(new BusyAuthor(name, ALICE, "alice" + i, head, one));
            authors.add(new BusyAuthor(name, ANNA, "anna" + i, head, two));
            readers.add(new NewsReader(one, name, ANNA));
        }
        authors.forEach(BusyAuthor::write);
        readers.forEach(NewsReader::read);
        awaitMore(5);
    }

    private static void cutOff(ClusterNode node, ClusterNode... others) {
        for (ClusterNode other : others) {
            other.cutFrom(node);
            node.cutFrom(other);
        }
    }

    private void awaitMore(int each) {
        Map<BusyAuthor, Integer> goals = new HashMap<>();
        authors.forEach(author -> goals.put(author, author.count() + each));
        await().atMost(PATIENCE).until(() -> goals.entrySet().stream()
                .allMatch(goal -> goal.getKey().count() >= goal.getValue()
                        || !goal.getKey().refused().isEmpty()));
    }

    private void end() {
        CompletableFuture<?>[] ends = authors.stream().map(BusyAuthor::stop).toArray(CompletableFuture<?>[]::new);
        await().atMost(PATIENCE).until(() -> Arrays.stream(ends).allMatch(CompletableFuture::isDone));
    }

    private void assertNothingLost(Wavelets face) {
        for (NewsReader reader : readers) {
            WaveletName name = TestWavelet.name("moved" + readers.indexOf(reader));
            List<DeltaPage.Delta> history = history(face, name);
            assertThat(reader.wrong()).isEmpty();
            HashedVersion head = history.get(history.size() - 1).result();
            await().atMost(PATIENCE).until(() -> reader.at().equals(head));
            assertThat(reader.seen()).isEqualTo(history);
            Map<String, HashedVersion> written = new HashMap<>();
            history.forEach(delta -> delta.operations().forEach(operation -> document(operation, delta, written)));
            authors.stream().filter(author -> author.wavelet().equals(name)).forEach(author -> {
                assertThat(author.refused()).isEmpty();
                assertThat(written).containsAllEntriesOf(author.told());
                assertThat(author.told().values().stream().map(HashedVersion::version))
                        .isSorted();
            });
            assertThat(written)
                    .hasSize(authors.stream()
                            .filter(author -> author.wavelet().equals(name))
                            .mapToInt(BusyAuthor::count)
                            .sum());
        }
    }

    private static void document(
            WaveletOperation operation, DeltaPage.Delta delta, Map<String, HashedVersion> written) {
        if (operation instanceof MutateDocument mutation) {
            assertThat(written.put(mutation.documentId(), delta.result()))
                    .as("%s applied once", mutation.documentId())
                    .isNull();
        }
    }

    private static List<DeltaPage.Delta> history(Wavelets face, WaveletName name) {
        List<DeltaPage.Delta> all = new ArrayList<>();
        HashedVersion at = HashChain.zero(name);
        while (true) {
            DeltaPage page = ok(face.deltas(name, ALICE, at, 1_000_000, Duration.ZERO));
            if (page.deltas().isEmpty()) {
                return all;
            }
            all.addAll(page.deltas());
            at = all.get(all.size() - 1).result();
        }
    }

    @Test
    void anOwnerThatLeavesInOrderLosesNothingAndNobodyIsLeftInDoubt() {
        ClusterNode leaving = node();
        ClusterNode two = node();
        ClusterNode three = node();
        form(leaving, two, three);
        write(two.wavelets(), three.wavelets());
        leaving.leave();
        await().atMost(PATIENCE).until(() -> two.members() == 2 && three.members() == 2);
        awaitMore(5);
        end();
        assertNothingLost(two.wavelets());
        assertThat(authors).allMatch(author -> author.unknown() == 0);
    }

    @Test
    void anOwnerThatDiesWithoutAWordLosesNothing() {
        ClusterNode one = node();
        ClusterNode two = node();
        ClusterNode dying = node();
        form(one, two, dying);
        write(one.wavelets(), two.wavelets());
        cutOff(dying, one, two);
        dying.close();
        await().atMost(PATIENCE).until(() -> one.members() == 2 && two.members() == 2);
        awaitMore(5);
        end();
        assertNothingLost(two.wavelets());
    }

    @Test
    void ownersOnBothSidesOfAPartitionMakeOneHistoryAndTheStaleOneTellsNothing() {
        CountedFences fences = new CountedFences();
        ClusterNode one = node();
        ClusterNode two = node();
        ClusterNode zombie = new ClusterNode(fences.over(journal), ClusterNode.ZOMBIE);
        nodes.add(zombie);
        form(one, two, zombie);
        write(one.wavelets(), zombie.wavelets());
        cutOff(zombie, one, two);
        await().atMost(PATIENCE).until(() -> one.members() == 2 && two.members() == 2);
        // Half of the authors are with the zombie, which still runs some of the wavelets; the others write them too.
        List<BusyAuthor> outside = authors.stream()
                .filter(author -> author.tag().startsWith("alice"))
                .toList();
        Map<BusyAuthor, Integer> goals = new HashMap<>();
        outside.forEach(author -> goals.put(author, author.count() + 10));
        await().atMost(PATIENCE)
                .until(() -> fences.count() > 0
                        && outside.stream().allMatch(author -> author.count() >= goals.getOrDefault(author, 0)));
        authors.forEach(author -> author.moveTo(two.wavelets()));
        awaitMore(5);
        end();
        assertNothingLost(two.wavelets());
    }

    @Test
    void aThirdNodeTakesItsShareUnderLoadAndNobodyIsLeftInDoubt() {
        ClusterNode one = node();
        ClusterNode two = node();
        form(one, two);
        write(one.wavelets(), two.wavelets());
        ClusterNode third = node();
        third.join(one);
        await().atMost(PATIENCE).until(() -> third.runs() > 0);
        awaitMore(5);
        end();
        assertNothingLost(third.wavelets());
        assertThat(authors).allMatch(author -> author.unknown() == 0);
    }
}
