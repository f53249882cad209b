package io.wavegate.persistence;

import io.wavegate.persistence.cassandra.CassandraJournal;
import io.wavegate.persistence.embedded.EmbeddedJournal;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoreUnavailableException;
import io.wavegate.persistence.memory.InMemoryJournal;

/** Opens the store that the configuration names. */
public final class Journals {
    private Journals() {}

    /**
     * Opens it, ready for use.
     *
     * @throws StoreUnavailableException if it cannot be used; the message is meant for the operator
     */
    public static Journal open(StoreSettings settings) {
        if (settings instanceof StoreSettings.Embedded embedded) {
            return EmbeddedJournal.open(embedded.settings());
        }
        if (settings instanceof StoreSettings.Cassandra cassandra) {
            return CassandraJournal.open(cassandra.settings());
        }
        return new InMemoryJournal();
    }
}
