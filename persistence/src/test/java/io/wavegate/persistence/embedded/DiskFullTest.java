package io.wavegate.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoreUnavailableException;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StreamId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a file system of 24 MiB in memory. */
class DiskFullTest {
    private static final StreamId STREAM = new StreamId("hosted", "example.com/w+1");
    private static final Random RANDOM = new Random(11);

    @TempDir
    private Path folder;

    private Path disk;

    @BeforeEach
    void mountSmallDisk() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString()) == 0,
                "mounting a small disk needs root");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void nothingIsAcknowledgedThatIsNotStoredAndTheStoreRecoversWhenThereIsRoom() throws Exception {
        Path ballast = disk.resolve("ballast");
        Files.write(ballast, new byte[12 << 20]);
        long head;
        try (Journal journal =
                EmbeddedJournal.open(TestSettings.in(disk.resolve("store"), "reserve = 0, write-buffer = 1 MiB"))) {
            head = appendUntilRefused(journal);
            assertThat(refusal(append(journal, head))).hasMessageContaining("Free some space");

            Files.delete(ballast);

            long expected = head;
            await().ignoreExceptionsInstanceOf(ExecutionException.class)
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(100))
                    .untilAsserted(() -> assertThat(append(journal, expected).get())
                            .isIn(new AppendResult.Stored(), new AppendResult.Fenced(expected + 1)));
            head = journal.head(STREAM).toCompletableFuture().get();
            assertThat(append(journal, head).get()).isEqualTo(new AppendResult.Stored());
            assertAllThere(journal, head + 1);
        }
        try (Journal journal =
                EmbeddedJournal.open(TestSettings.in(disk.resolve("store"), "reserve = 0, write-buffer = 1 MiB"))) {
            assertAllThere(journal, head + 1);
        }
    }

    @Test
    void withAReserveTheDiskIsNeverFilledAndReadingGoesOn() throws Exception {
        Path ballast = disk.resolve("ballast");
        Files.write(ballast, new byte[6 << 20]);
        try (Journal journal =
                EmbeddedJournal.open(TestSettings.in(disk.resolve("store"), "reserve = 8 MiB, write-buffer = 1 MiB"))) {
            long head = appendUntilRefused(journal);

            assertThat(refusal(append(journal, head)).nothingWritten()).isTrue();
            assertAllThere(journal, head);
            Files.delete(ballast);
            assertThat(append(journal, head).get()).isEqualTo(new AppendResult.Stored());
        }
    }

    @Test
    void aStartOnAFullDiskSaysSo() throws Exception {
        Files.write(disk.resolve("ballast"), new byte[(24 << 20) - (64 << 10)]);
        StoreUnavailableException why = null;
        try {
            Files.write(disk.resolve("rest"), new byte[1 << 20]);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
        try (Journal journal = EmbeddedJournal.open(TestSettings.in(disk.resolve("store"), "reserve = 0"))) {
            throw new AssertionError("opened " + journal + " on a full disk");
        } catch (StoreUnavailableException e) {
            why = e;
        }
        assertThat(why).hasMessageContaining("store").hasMessageContaining("No space left");
    }

    /** Returns the head after the last acknowledged append. */
    private static long appendUntilRefused(Journal journal) throws Exception {
        for (long head = 0; head < 10_000; head++) {
            try {
                assertThat(append(journal, head).get(30, TimeUnit.SECONDS)).isEqualTo(new AppendResult.Stored());
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(StoreUnavailableException.class);
                return head;
            }
        }
        throw new AssertionError("the disk did not fill");
    }

    private static CompletableFuture<AppendResult> append(Journal journal, long at) {
        byte[] incompressible = new byte[20_000];
        RANDOM.nextBytes(incompressible);
        StoredEvent event = new StoredEvent(at, "delta-1", ByteString.copyFrom(incompressible));
        return journal.append(new Append(STREAM, at, List.of(event), at + 1, List.of()))
                .toCompletableFuture();
    }

    private static StoreUnavailableException refusal(CompletableFuture<AppendResult> append) throws Exception {
        try {
            throw new AssertionError("should have been refused, was " + append.get(30, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return (StoreUnavailableException) e.getCause();
        }
    }

    private static void assertAllThere(Journal journal, long head) throws Exception {
        List<StoredEvent> events = journal.read(STREAM, 0, Long.MAX_VALUE, Long.MAX_VALUE)
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS)
                .events();
        assertThat(events).hasSize((int) head);
        assertThat(events)
                .allSatisfy(event -> assertThat(event.payload().size()).isEqualTo(20_000));
    }

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }
}
