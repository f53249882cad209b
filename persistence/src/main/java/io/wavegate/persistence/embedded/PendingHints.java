package io.wavegate.persistence.embedded;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.StreamId;
import java.util.HashMap;
import java.util.Map;

/** Hints that wait for a write that happens anyway. Of many values for one name only the last is written. */
final class PendingHints {
    /** A hint is not a promise: beyond this many streams, hints of further ones are dropped. */
    private static final int MAX_STREAMS = 50_000;

    private Map<StreamId, Map<String, ByteString>> waiting = new HashMap<>();
    private Map<StreamId, Map<String, ByteString>> beingWritten = Map.of();

    synchronized void put(StreamId stream, String name, ByteString value) {
        if (waiting.size() < MAX_STREAMS || waiting.containsKey(stream)) {
            waiting.computeIfAbsent(stream, ignored -> new HashMap<>()).put(name, value);
        }
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Takes all for a write; {@link #written()} or {@link #notWritten()} is to follow. */
    synchronized Map<StreamId, Map<String, ByteString>> take() {
        beingWritten = waiting;
        waiting = new HashMap<>();
        return beingWritten;
    }

    synchronized void written() {
        beingWritten = Map.of();
    }

    synchronized void notWritten() {
        beingWritten.forEach((stream, hints) -> {
            Map<String, ByteString> newer = waiting.computeIfAbsent(stream, ignored -> new HashMap<>());
            hints.forEach(newer::putIfAbsent);
        });
        beingWritten = Map.of();
    }

    /** The values of a stream that the database may not have yet. To be asked before the database is. */
    synchronized Map<String, ByteString> of(StreamId stream) {
        Map<String, ByteString> found = new HashMap<>(beingWritten.getOrDefault(stream, Map.of()));
        found.putAll(waiting.getOrDefault(stream, Map.of()));
        return found;
    }
}
