package io.wavegate.persistence.memory;

import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.JournalContract;

class InMemoryJournalTest extends JournalContract {
    private final Journal journal = new InMemoryJournal();

    @Override
    protected Journal journal() {
        return journal;
    }

    @Override
    protected Journal anotherJournal() {
        return new InMemoryJournal();
    }
}
