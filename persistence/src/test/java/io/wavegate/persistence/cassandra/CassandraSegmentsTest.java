package io.wavegate.persistence.cassandra;

import io.wavegate.cassandra.runtime.CassandraProcess;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.JournalContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract once more, with partitions so small that nearly every append crosses a border. */
class CassandraSegmentsTest extends JournalContract {
    private static Journal journal;

    @BeforeAll
    static void open() {
        journal = smallSegments();
    }

    @AfterAll
    static void close() {
        journal.close();
    }

    @Override
    protected Journal journal() {
        return journal;
    }

    @Override
    protected Journal anotherJournal() {
        return smallSegments();
    }

    private static Journal smallSegments() {
        return CassandraJournal.open(
                CassandraTestSettings.at(CassandraProcess.shared(), "keyspace = small_segments"), 3);
    }
}
