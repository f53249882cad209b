package io.wavegate.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.ConfigFactory;
import io.wavegate.cassandra.runtime.CassandraRing;
import io.wavegate.persistence.journal.EventPage;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoreUnavailableException;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Three real nodes, three copies, the shipped settings. One long story instead of several short ones, because starting
 * nodes is what takes the time.
 */
class LosingNodesTest {
    private static final int STREAMS = 4;
    private static final int MORE = 15;

    private final List<Owner> owners = new ArrayList<>();

    @BeforeAll
    static void thereIsRoom() {
        Optional<String> obstacle = CassandraRing.obstacle(3);
        assumeTrue(obstacle.isEmpty() || System.getenv("CI") != null, obstacle.orElse(""));
    }

    @Test
    void nothingAcknowledgedIsLostWhileNodesAreKilledPausedAndComeBackWithOldData() throws Exception {
        try (CassandraRing ring = CassandraRing.start(3);
                Journal journal = open(ring)) {
            for (int i = 0; i < STREAMS; i++) {
                owners.add(new Owner(journal, stream(i), "owner" + i));
            }
            appendingWhile(() -> {});

            // One killed under load: the two others are a quorum.
            appendingWhile(() -> ring.kill(1));

            // Two killed: nothing is stored, everybody is told so, nobody waits beyond the limit.
            ring.kill(2);
            owners.forEach(owner -> assertThat(owner.appendsOne()).isFalse());
            owners.forEach(owner -> assertThat(owner.appendsOne()).isFalse());

            // One comes back, and lacks all that was stored without it: with the other it is a quorum again.
            appendingWhile(() -> ring.restart(1));
            judgeAll(journal);

            // The last one comes back too, and the only one that knows everything hangs.
            ring.restart(2);
            appendingWhile(() -> ring.pause(0));
            judgeAll(journal);
            ring.resume(0);
            appendingWhile(() -> {});
            judgeAll(journal);
        }
    }

    /** The owners append on while it happens, each until it has stored some events more. */
    private void appendingWhile(Runnable happens) {
        CompletableFuture<?>[] all =
                owners.stream().map(LosingNodesTest::appending).toArray(CompletableFuture[]::new);
        happens.run();
        CompletableFuture.allOf(all).orTimeout(3, TimeUnit.MINUTES).join();
    }

    private static CompletableFuture<Void> appending(Owner owner) {
        int goal = owner.storedCount() + MORE;
        return CompletableFuture.runAsync(
                () -> {
                    while (owner.storedCount() < goal) {
                        owner.appendsOne();
                    }
                },
                task -> new Thread(task).start());
    }

    private void judgeAll(Journal journal) {
        for (int i = 0; i < STREAMS; i++) {
            Owner.judge(history(journal, stream(i)), List.of(owners.get(i)));
        }
    }

    private static List<StoredEvent> history(Journal journal, StreamId stream) {
        while (true) {
            try {
                return journal.read(stream, 0, Long.MAX_VALUE, Long.MAX_VALUE)
                        .thenApply(EventPage::events)
                        .toCompletableFuture()
                        .orTimeout(90, TimeUnit.SECONDS)
                        .join();
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(StoreUnavailableException.class);
            }
        }
    }

    private static StreamId stream(int number) {
        return new StreamId("hosted", "example.com/w+" + number);
    }

    private static Journal open(CassandraRing ring) {
        return CassandraJournal.open(CassandraSettings.from(ConfigFactory.parseString(ring.storeConfiguration("ring"))
                .withFallback(ConfigFactory.parseResources("reference.conf"))
                .resolve()
                .getConfig("wavegate.store.cassandra")));
    }
}
