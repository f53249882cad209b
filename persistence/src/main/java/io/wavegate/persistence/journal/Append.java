package io.wavegate.persistence.journal;

import java.util.List;

/**
 * A conditional write: all of it happens or none, and only if the stream's head is still {@code expectedHead}. The
 * condition is the fence that keeps a stale owner from writing (at most one authority per wavelet).
 *
 * @param stream which stream
 * @param expectedHead the head the writer has seen: 0 for a stream without events
 * @param events at least one, positions ascending, the first at or above {@code expectedHead}
 * @param newHead the head afterwards, above the last event's position
 * @param setChanges sets that change with it. A store that cannot make them one atomic write adds members before the
 *     append and removes them after it, so a set may hold too much after a crash, never too little
 */
public record Append(
        StreamId stream, long expectedHead, List<StoredEvent> events, long newHead, List<SetChange> setChanges) {
    public Append {
        events = List.copyOf(events);
        setChanges = List.copyOf(setChanges);
        if (expectedHead < 0) {
            throw new IllegalArgumentException("a head is never negative: " + expectedHead);
        }
        long floor = expectedHead;
        if (events.isEmpty()) {
            throw new IllegalArgumentException("an append needs an event");
        }
        for (StoredEvent event : events) {
            if (event.position() < floor) {
                throw new IllegalArgumentException("positions must ascend from the expected head " + expectedHead);
            }
            floor = event.position() + 1;
        }
        if (newHead < floor) {
            throw new IllegalArgumentException("new head " + newHead + " must be above the last position");
        }
    }
}
