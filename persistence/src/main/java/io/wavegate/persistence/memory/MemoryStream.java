package io.wavegate.persistence.memory;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.EventPage;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StoredSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** One stream with its snapshot and hints; safe for many threads. */
final class MemoryStream {
    private final NavigableMap<Long, StoredEvent> events = new TreeMap<>();
    private final Map<String, ByteString> hints = new HashMap<>();
    private Optional<StoredSnapshot> snapshot = Optional.empty();
    private long head;

    synchronized AppendResult append(Append append, Runnable changeSets) {
        if (head != append.expectedHead()) {
            return new AppendResult.Fenced(head);
        }
        append.events().forEach(event -> events.put(event.position(), event));
        changeSets.run();
        head = append.newHead();
        return new AppendResult.Stored();
    }

    synchronized long head() {
        return head;
    }

    synchronized EventPage read(long from, long until, long maxBytes) {
        List<StoredEvent> page = new ArrayList<>();
        if (from >= until) {
            return new EventPage(page, false);
        }
        long bytes = 0;
        for (StoredEvent event : events.subMap(from, until).values()) {
            if (!page.isEmpty() && (bytes >= maxBytes || page.size() >= Journal.MAX_PAGE_EVENTS)) {
                return new EventPage(page, true);
            }
            page.add(event);
            bytes += event.payload().size();
        }
        return new EventPage(page, false);
    }

    synchronized Optional<StoredEvent> last(long until) {
        return Optional.ofNullable(events.lowerEntry(until)).map(Map.Entry::getValue);
    }

    synchronized void saveSnapshot(StoredSnapshot newest) {
        snapshot = Optional.of(newest);
    }

    synchronized Optional<StoredSnapshot> snapshot() {
        return snapshot;
    }

    synchronized void putHint(String name, ByteString value) {
        hints.put(name, value);
    }

    synchronized Map<String, ByteString> hints() {
        return Map.copyOf(hints);
    }
}
