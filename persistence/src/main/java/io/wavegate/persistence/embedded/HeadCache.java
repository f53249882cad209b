package io.wavegate.persistence.embedded;

import io.wavegate.persistence.journal.StreamId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Durable heads of the streams appended to last. Used by the committing thread only. */
final class HeadCache {
    private static final int MAX_STREAMS = 16_384;

    private final Map<StreamId, Long> heads = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StreamId, Long> eldest) {
            return size() > MAX_STREAMS;
        }
    };

    Optional<Long> get(StreamId stream) {
        return Optional.ofNullable(heads.get(stream));
    }

    void put(StreamId stream, long head) {
        heads.put(stream, head);
    }

    /** After a write whose outcome is not known. */
    void clear() {
        heads.clear();
    }
}
