package io.wavegate.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.google.protobuf.ByteString;
import io.wavegate.cassandra.runtime.CassandraProcess;
import io.wavegate.persistence.cassandra.CqlProxy.Fate;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StoredSnapshot;
import io.wavegate.persistence.journal.StreamId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** At most one owner's writes count, whatever the others are late with and whatever their clocks say. */
class FenceTest {
    private static final int OWNERS = 3;
    private static final int EVENTS = 40;

    private final StreamId stream = new StreamId(
            "hosted",
            "example.com/w+" + Long.toHexString(ThreadLocalRandom.current().nextLong()));

    @Test
    void ofOwnersThatPauseLoseConnectionsAndWakeUpExactlyOneWinsEachPosition() throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        List<CqlProxy> proxies = new ArrayList<>();
        List<Journal> journals = new ArrayList<>();
        List<Owner> owners = new ArrayList<>();
        for (int i = 0; i < OWNERS; i++) {
            CqlProxy proxy = new CqlProxy(CassandraProcess.shared().contactPoint());
            Random random = new Random(seed + i);
            proxy.onBatch(() -> fate(random));
            proxies.add(proxy);
            journals.add(journal("contact-points = [\"" + proxy.contactPoint() + "\"], request-timeout = 700ms,"
                    + " answer-limit = 3s, connections-per-node = 2, reconnect-min = 100ms, reconnect-max = 500ms"));
            owners.add(new Owner(journals.get(i), stream, "owner" + i));
        }
        try {
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<?>[] all = owners.stream()
                    .map(owner -> CompletableFuture.runAsync(() -> {
                        while (!enough.get()) {
                            owner.appendsOne();
                            enough.compareAndSet(
                                    false,
                                    owners.stream().mapToInt(Owner::storedCount).sum() >= EVENTS);
                        }
                    }))
                    .toArray(CompletableFuture[]::new);
            wakeUntilDone(CompletableFuture.allOf(all), proxies);
        } finally {
            for (int i = 0; i < OWNERS; i++) {
                proxies.get(i).onBatch(() -> Fate.PASS);
                proxies.get(i).close();
                journals.get(i).close();
            }
        }
        try (Journal journal = journal("")) {
            Owner last = new Owner(journal, stream, "last");
            while (!last.appendsOne()) {
                assertThat(last.refusedCount()).as("seed %d", seed).isLessThan(EVENTS);
            }
            owners.add(last);
            Owner.judge(
                    get(journal.read(stream, 0, Long.MAX_VALUE, Long.MAX_VALUE)).events(), owners);
        }
        assertThat(owners.stream().mapToInt(Owner::refusedCount).sum())
                .as("they met, seed %d", seed)
                .isPositive();
        assertThat(owners.stream().mapToInt(Owner::unknownCount).sum())
                .as("they were disturbed, seed %d", seed)
                .isPositive();
    }

    @Test
    void theClockOfAWriterNeitherHidesNorLosesWhatOthersWrite() throws Exception {
        CassandraSettings settings = CassandraTestSettings.at(CassandraProcess.shared());
        List<Instant> clocks = List.of(Instant.EPOCH, Instant.parse("2199-01-01T00:00:00Z"), Instant.EPOCH);
        try (Journal journal = journal("");
                CassandraCluster cluster = CassandraCluster.connect(settings)) {
            long head = 0;
            for (Instant clock : clocks) {
                assertThat(get(journal.append(new Append(stream, head, List.of(event(head)), head + 1, List.of()))))
                        .isEqualTo(new AppendResult.Stored());
                head++;
                assertThat(get(appendDated(cluster, head, clock)).wasApplied()).isTrue();
                head++;
                assertThat(get(appendDated(cluster, head - 1, clock)).wasApplied())
                        .isFalse();
            }
            assertThat(get(journal.head(stream))).isEqualTo(6);
            assertThat(get(journal.read(stream, 0, Long.MAX_VALUE, Long.MAX_VALUE))
                            .events())
                    .extracting(StoredEvent::position)
                    .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
            assertThat(writeTimes(cluster)).allSatisfy(time -> assertThat(Duration.between(time, Instant.now()))
                    .isBetween(Duration.ofMinutes(-1), Duration.ofHours(1)));
        }
    }

    @Test
    void anOlderSnapshotThatComesLateDoesNotReplaceTheNewer() throws Exception {
        try (Journal journal = journal("")) {
            StoredSnapshot newer = new StoredSnapshot(9, "m", ByteString.copyFromUtf8("newer"));
            get(journal.saveSnapshot(stream, newer));
            get(journal.saveSnapshot(stream, new StoredSnapshot(5, "m", ByteString.copyFromUtf8("older"))));

            assertThat(get(journal.snapshot(stream))).contains(newer);
        }
    }

    private static Fate fate(Random random) {
        int n = random.nextInt(20);
        if (n < 13) {
            return Fate.PASS;
        }
        return n < 15 ? Fate.CUT_BEFORE : n < 17 ? Fate.CUT_AFTER : n < 18 ? Fate.NO_ANSWER : Fate.HOLD;
    }

    /** Paused writers wake at moments of their own. */
    private static void wakeUntilDone(CompletableFuture<Void> done, List<CqlProxy> proxies) throws Exception {
        Random random = new Random();
        CompletableFuture<?> bounded = done.orTimeout(5, TimeUnit.MINUTES);
        while (!bounded.isDone()) {
            CompletableFuture<?> moment =
                    new CompletableFuture<>().completeOnTimeout(null, random.nextInt(1500), TimeUnit.MILLISECONDS);
            CompletableFuture.anyOf(moment, bounded).get();
            proxies.get(random.nextInt(proxies.size())).release();
        }
        bounded.get();
    }

    /** The journal's batch, with a date that its client chose. */
    private CompletionStage<AsyncResultSet> appendDated(CassandraCluster cluster, long head, Instant clock) {
        BatchStatement batch = BatchStatement.builder(DefaultBatchType.UNLOGGED)
                .addStatement(cluster.prepare(
                                "UPDATE ks.events SET head = ? WHERE kind = ? AND entity = ? AND segment = 0 IF head = ?")
                        .bind(head + 1, stream.kind(), stream.key(), head))
                .addStatement(cluster.prepare("INSERT INTO ks.events"
                                + " (kind, entity, segment, position, append_id, manifest, payload)"
                                + " VALUES (?, ?, 0, ?, ?, ?, ?)")
                        .bind(
                                stream.kind(),
                                stream.key(),
                                head,
                                UUID.randomUUID(),
                                "delta-1",
                                ByteBuffer.wrap(new byte[] {1})))
                .build();
        return cluster.writeOnCondition(batch.setQueryTimestamp(TimeUnit.SECONDS.toMicros(clock.getEpochSecond())));
    }

    private List<Instant> writeTimes(CassandraCluster cluster) throws Exception {
        List<Instant> times = new ArrayList<>();
        get(cluster.read(cluster.prepare("SELECT WRITETIME(payload) FROM ks.events"
                                + " WHERE kind = ? AND entity = ? AND segment = 0")
                        .bind(stream.kind(), stream.key())))
                .currentPage()
                .forEach(row -> times.add(Instant.ofEpochMilli(
                        TimeUnit.MICROSECONDS.toMillis(Objects.requireNonNull(row.get(0, Long.class))))));
        return times;
    }

    private static StoredEvent event(long at) {
        return new StoredEvent(at, "delta-1", ByteString.copyFromUtf8("event " + at));
    }

    private static Journal journal(String changes) {
        return CassandraJournal.open(CassandraTestSettings.at(CassandraProcess.shared(), changes));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
