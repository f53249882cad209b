package io.wavegate.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoreUnavailableException;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StoredSnapshot;
import io.wavegate.persistence.journal.StreamId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be wrong with the folder, and what the operator is told. */
class EmbeddedFolderTest {
    private static final StreamId STREAM = new StreamId("hosted", "example.com/w+1");

    @TempDir
    private Path folder;

    @Test
    void whatWasWrittenIsThereAfterClosingAndOpening() throws Exception {
        try (Journal journal = EmbeddedJournal.open(TestSettings.in(folder))) {
            append(journal, 0);
            journal.saveSnapshot(STREAM, new StoredSnapshot(1, "wavelet-1", ByteString.copyFromUtf8("state")));
            journal.putHint(STREAM, "acked", ByteString.copyFromUtf8("1"));
        }
        try (Journal journal = EmbeddedJournal.open(TestSettings.in(folder))) {
            assertThat(get(journal.head(STREAM))).isEqualTo(1);
            assertThat(get(journal.read(STREAM, 0, 10, 10)).events()).hasSize(1);
            assertThat(get(journal.snapshot(STREAM))).isPresent();
            assertThat(get(journal.hints(STREAM))).containsEntry("acked", ByteString.copyFromUtf8("1"));
            append(journal, 1);
        }
    }

    @Test
    void aFileInPlaceOfTheFolderIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> EmbeddedJournal.open(TestSettings.in(file)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("not a folder")
                .hasMessageContaining("wavegate.store.embedded.folder");
        assertThatThrownBy(() -> EmbeddedJournal.open(TestSettings.in(file.resolve("below"))))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("wavegate.store.embedded.folder");
    }

    @Test
    void aFolderThatCannotBeCreatedOrWrittenIsNamed() {
        Path where = Path.of("/proc/wavegate");

        assertThatThrownBy(() -> EmbeddedJournal.open(TestSettings.in(where)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("/proc/wavegate cannot be created")
                .hasMessageContaining("wavegate.store.embedded.folder");
        assertThatThrownBy(() -> EmbeddedJournal.open(TestSettings.in(Path.of("/proc"))))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("/proc cannot be written to by this user");
    }

    @Test
    void aFolderInUseIsRefusedAndTheFirstUserGoesOn() throws Exception {
        try (Journal first = EmbeddedJournal.open(TestSettings.in(folder))) {
            assertThatThrownBy(() -> EmbeddedJournal.open(TestSettings.in(folder)))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("in use by a running process");
            append(first, 0);
        }
    }

    @Test
    void aLogCutShortLosesWhatIsMissingAndNothingElse() throws Exception {
        write(3);
        Path log = newest(".log");
        truncate(log, Files.size(log) - 5);

        try (Journal journal = EmbeddedJournal.open(TestSettings.in(folder))) {
            assertThat(get(journal.head(STREAM))).isEqualTo(2);
        }
    }

    @Test
    void aLogDamagedInTheMiddleIsRefusedUntilTheOperatorDecides() throws Exception {
        write(3);
        flipByte(newest(".log"), 60);

        assertThatThrownBy(() -> EmbeddedJournal.open(TestSettings.in(folder)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("is damaged")
                .hasMessageContaining("backup")
                .hasMessageContaining("damaged-log = drop-rest");
        try (Journal journal = EmbeddedJournal.open(TestSettings.in(folder, "damaged-log = drop-rest"))) {
            assertThat(get(journal.head(STREAM))).isZero();
            append(journal, 0);
        }
    }

    @Test
    void aDamagedDataFileIsNoticedWhenRead() throws Exception {
        write(3);
        // The second start turns the log into data files.
        EmbeddedJournal.open(TestSettings.in(folder)).close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".sst")).toList()) {
                flipByte(file, 10);
            }
        }
        assertThatThrownBy(() -> {
                    try (Journal journal = EmbeddedJournal.open(TestSettings.in(folder))) {
                        get(journal.read(STREAM, 0, 10, 10_000));
                    }
                })
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).hasMessageContaining("damaged"),
                        thrown -> assertThat(thrown.getCause()).hasMessageContaining("damaged"));
    }

    @Test
    void aMissingManifestIsDamageAndNotAFreshStart() throws Exception {
        write(3);
        Files.delete(newest("MANIFEST"));

        assertThatThrownBy(() -> EmbeddedJournal.open(TestSettings.in(folder)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(folder.toString());
    }

    private void write(int events) throws Exception {
        try (Journal journal = EmbeddedJournal.open(TestSettings.in(folder))) {
            for (int i = 0; i < events; i++) {
                append(journal, i);
            }
        }
    }

    private static void append(Journal journal, long at) throws Exception {
        StoredEvent event = new StoredEvent(at, "delta-1", ByteString.copyFromUtf8("event " + at + "x".repeat(100)));
        assertThat(get(journal.append(new Append(STREAM, at, List.of(event), at + 1, List.of()))))
                .isEqualTo(new AppendResult.Stored());
    }

    private Path newest(String partOfName) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().contains(partOfName))
                    .filter(f -> f.toFile().length() > 0)
                    .max(Comparator.comparing(f -> f.getFileName().toString()))
                    .orElseThrow();
        }
    }

    private static void truncate(Path file, long size) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(size);
        }
    }

    private static void flipByte(Path file, long at) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(at);
            int old = raw.read();
            raw.seek(at);
            raw.write(old ^ 0x55);
        }
    }

    private static <T> T get(java.util.concurrent.CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
