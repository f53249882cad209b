package io.wavegate.persistence.journal;

import java.util.Objects;

/**
 * Names one stream of events: the history of one entity.
 *
 * @param kind the sort of entity, a short ASCII word of {@code [a-z0-9-]}, such as {@code hosted} or {@code link}
 * @param key the entity's own name within the kind, well-formed text without U+0000, 1 to 4,096 UTF-8 bytes
 */
public record StreamId(String kind, String key) {
    public StreamId {
        Objects.requireNonNull(kind, "kind");
        if (kind.isEmpty()
                || !kind.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))) {
            throw new IllegalArgumentException("stream kind must be of [a-z0-9-]: " + kind);
        }
        Names.checked("stream key", key);
    }
}
