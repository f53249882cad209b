package io.wavegate.persistence.journal;

import java.util.List;

/**
 * A run of events out of a stream.
 *
 * @param events in order of position, possibly none
 * @param more true if the range holds further events after the last one here; ask again from its position + 1
 */
public record EventPage(List<StoredEvent> events, boolean more) {
    public EventPage {
        events = List.copyOf(events);
    }
}
