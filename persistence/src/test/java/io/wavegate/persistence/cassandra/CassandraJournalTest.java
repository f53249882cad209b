package io.wavegate.persistence.cassandra;

import io.wavegate.cassandra.runtime.CassandraProcess;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.JournalContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract, on a real Cassandra. */
class CassandraJournalTest extends JournalContract {
    private static Journal journal;

    @BeforeAll
    static void open() {
        journal = CassandraJournal.open(CassandraTestSettings.at(CassandraProcess.shared()));
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
        return CassandraJournal.open(CassandraTestSettings.at(CassandraProcess.shared()));
    }
}
