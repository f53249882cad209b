package io.wavegate.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoreUnavailableException;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StreamId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** A disk that fails or is slow, played by the test. */
class EmbeddedOutageTest {
    private static final StreamId STREAM = new StreamId("hosted", "example.com/w+1");

    @TempDir
    private Path folder;

    @Test
    void aFailedWriteIsOfUnknownOutcomeAndTheStoreRecoversByItself() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        try (Journal journal = EmbeddedJournal.open(TestSettings.in(folder), (database, batch, durable) -> {
            if (broken.getAndSet(false)) {
                throw new RocksDBException("IO error: No space left on device");
            }
            database.write(batch, durable);
        })) {
            assertThat(append(journal, 0).get()).isEqualTo(new AppendResult.Stored());
            broken.set(true);

            StoreUnavailableException why = unavailable(append(journal, 1));

            assertThat(why.nothingWritten()).isFalse();
            assertThat(why).hasMessageContaining(folder.toString()).hasMessageContaining("Free some space");
            await().ignoreExceptionsInstanceOf(ExecutionException.class)
                    .untilAsserted(() -> assertThat(append(journal, 1).get())
                            .isIn(new AppendResult.Stored(), new AppendResult.Fenced(2)));
            assertThat(head(journal)).isEqualTo(2);
        }
    }

    @Test
    void anAppendThatWasWrittenThoughTheWriteFailedIsFencedWhenTriedAgain() throws Exception {
        AtomicBoolean failAfterwards = new AtomicBoolean(true);
        try (Journal journal = EmbeddedJournal.open(TestSettings.in(folder), (database, batch, durable) -> {
            database.write(batch, durable);
            if (failAfterwards.getAndSet(false)) {
                throw new RocksDBException("IO error: fdatasync");
            }
        })) {
            assertThat(unavailable(append(journal, 0)).nothingWritten()).isFalse();

            await().ignoreExceptionsInstanceOf(ExecutionException.class)
                    .until(() -> !append(journal, 0).isCompletedExceptionally());
            assertThat(append(journal, 0).get()).isEqualTo(new AppendResult.Fenced(1));
        }
    }

    @Test
    void whileItCannotWriteItRefusesAtOnceAndStillReads() throws Exception {
        try (Journal journal =
                EmbeddedJournal.open(TestSettings.in(folder, "retry-min = 1h, retry-max = 1h"), failingAfter(1))) {
            append(journal, 0).get();
            unavailable(append(journal, 1));

            StoreUnavailableException why = unavailable(append(journal, 1));

            assertThat(why.nothingWritten()).isTrue();
            assertThat(why).hasMessageContaining("tries again by itself");
            assertThat(head(journal)).isEqualTo(1);
        }
    }

    @Test
    void belowTheReserveNothingIsWrittenAndTheMessageSaysHowMuchIsMissing() throws Exception {
        try (Journal journal = EmbeddedJournal.open(TestSettings.in(folder, "reserve = 1000 TiB"))) {
            StoreUnavailableException why = unavailable(append(journal, 0));

            assertThat(why.nothingWritten()).isTrue();
            assertThat(why).hasMessageContaining("wavegate.store.embedded.reserve");
            assertThat(head(journal)).isZero();
        }
    }

    @Test
    void aDiskThatHangsIsGivenUpOnAndWhatItStillWritesIsFound() throws Exception {
        Semaphore disk = new Semaphore(0);
        StreamId stream = new StreamId("load", "hanging");
        try (Journal journal =
                EmbeddedJournal.open(TestSettings.in(folder, "answer-limit = 200ms"), (database, batch, durable) -> {
                    pass(disk);
                    database.write(batch, durable);
                })) {
            CompletableFuture<AppendResult> hanging = append(journal, stream, 0);
            assertThatThrownBy(() -> hanging.get(30, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(StoreUnavailableException.class, why -> assertThat(why.nothingWritten())
                            .isFalse())
                    .hasMessageContaining("answer-limit");
            disk.release(1_000);

            await().ignoreExceptions()
                    .untilAsserted(() -> assertThat(append(journal, stream, 0).get(30, TimeUnit.SECONDS))
                            .isEqualTo(new AppendResult.Fenced(1)));
        }
    }

    @Test
    void whatArrivesDuringAWriteBecomesOneWrite() throws Exception {
        Semaphore disk = new Semaphore(0);
        CountDownLatch firstUnderWay = new CountDownLatch(1);
        AtomicInteger writes = new AtomicInteger();
        try (Journal journal = EmbeddedJournal.open(TestSettings.in(folder), (database, batch, durable) -> {
            writes.incrementAndGet();
            firstUnderWay.countDown();
            pass(disk);
            database.write(batch, durable);
        })) {
            List<CompletableFuture<AppendResult>> appends = new ArrayList<>();
            appends.add(append(journal, new StreamId("load", "first"), 0));
            firstUnderWay.await();
            for (int i = 0; i < 100; i++) {
                appends.add(append(journal, new StreamId("load", "s" + i), 0));
            }
            assertThat(appends).noneMatch(CompletableFuture::isDone);
            disk.release(2);

            for (CompletableFuture<AppendResult> append : appends) {
                assertThat(append.get(30, TimeUnit.SECONDS)).isEqualTo(new AppendResult.Stored());
            }
            assertThat(writes).hasValue(2);
            disk.release(1_000);
        }
    }

    @Test
    void aFullQueueRefusesAtOnceWithNothingWritten() throws Exception {
        Semaphore disk = new Semaphore(0);
        CountDownLatch firstUnderWay = new CountDownLatch(1);
        try (Journal journal = EmbeddedJournal.open(
                TestSettings.in(folder, "max-queued-bytes = 2 KiB"), (database, batch, durable) -> {
                    firstUnderWay.countDown();
                    pass(disk);
                    database.write(batch, durable);
                })) {
            CompletableFuture<AppendResult> first = append(journal, new StreamId("load", "first"), 0);
            firstUnderWay.await();
            List<CompletableFuture<AppendResult>> appends = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                appends.add(append(journal, new StreamId("load", "s" + i), 0));
            }
            List<CompletableFuture<AppendResult>> refused = appends.stream()
                    .filter(CompletableFuture::isCompletedExceptionally)
                    .toList();

            assertThat(refused).hasSizeBetween(85, 99);
            StoreUnavailableException why = unavailable(refused.get(0));
            assertThat(why.nothingWritten()).isTrue();
            assertThat(why).hasMessageContaining("max-queued-bytes");
            disk.release(1_000);
            assertThat(first.get()).isEqualTo(new AppendResult.Stored());
            for (CompletableFuture<AppendResult> append : appends) {
                assertThat(refused.contains(append) || append.get() instanceof AppendResult.Stored)
                        .isTrue();
            }
        }
    }

    @Test
    void anErrorOfTheProgramAnswersTheRequestsToo() throws Exception {
        AtomicBoolean once = new AtomicBoolean(true);
        try (Journal journal = EmbeddedJournal.open(TestSettings.in(folder), (database, batch, durable) -> {
            if (once.getAndSet(false)) {
                throw new OutOfMemoryError("played by the test");
            }
            database.write(batch, durable);
        })) {
            assertThat(unavailable(append(journal, 0)).nothingWritten()).isFalse();
            await().ignoreExceptionsInstanceOf(ExecutionException.class)
                    .untilAsserted(() -> assertThat(append(journal, 0).get()).isNotNull());
        }
    }

    /** Waits for the test's leave; not for ever, or a failed assertion would hang in closing the store. */
    private static void pass(Semaphore disk) throws RocksDBException {
        try {
            if (!disk.tryAcquire(20, TimeUnit.SECONDS)) {
                throw new RocksDBException("IO error: the test gave no leave to write");
            }
        } catch (InterruptedException e) {
            throw new RocksDBException("IO error: interrupted");
        }
    }

    private static Committer.Writer failingAfter(int writes) {
        AtomicInteger left = new AtomicInteger(writes);
        return (database, batch, durable) -> {
            if (left.getAndDecrement() <= 0) {
                throw new RocksDBException("IO error: Input/output error");
            }
            database.write(batch, durable);
        };
    }

    private static CompletableFuture<AppendResult> append(Journal journal, long at) {
        return append(journal, STREAM, at);
    }

    private static CompletableFuture<AppendResult> append(Journal journal, StreamId stream, long at) {
        StoredEvent event = new StoredEvent(at, "delta-1", ByteString.copyFromUtf8("event " + at));
        return journal.append(new Append(stream, at, List.of(event), at + 1, List.of()))
                .toCompletableFuture();
    }

    private static long head(Journal journal) throws Exception {
        return journal.head(STREAM).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static StoreUnavailableException unavailable(CompletableFuture<AppendResult> append) throws Exception {
        try {
            throw new AssertionError("should have been refused, was " + append.get(30, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return (StoreUnavailableException) e.getCause();
        }
    }
}
