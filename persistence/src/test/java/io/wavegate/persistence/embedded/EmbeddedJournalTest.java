package io.wavegate.persistence.embedded;

import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.JournalContract;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedJournalTest extends JournalContract {
    @TempDir
    private Path folder;

    private Journal journal;

    @BeforeEach
    void open() {
        journal = EmbeddedJournal.open(TestSettings.in(folder.resolve("missing/so/far")));
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Override
    protected Journal journal() {
        return journal;
    }

    @Override
    protected Journal anotherJournal() throws Exception {
        return EmbeddedJournal.open(TestSettings.in(Files.createTempDirectory(folder, "another")));
    }
}
