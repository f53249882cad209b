package io.wavegate.persistence.journal;

import java.util.Objects;

/**
 * Names one stream of events: the history of one entity.
 *
 * @param kind the sort of entity, a short ASCII word of {@code [a-z0-9-]}, such as {@code hosted} or {@code link}
 * @param key the entity's own name within the kind, any text without U+0000, at most 4,096 UTF-8 bytes
 */
public record StreamId(String kind, String key) {
    public StreamId {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
        if (kind.isEmpty()
                || !kind.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))) {
            throw new IllegalArgumentException("stream kind must be of [a-z0-9-]: " + kind);
        }
        if (key.isEmpty() || key.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("stream key must not be empty nor hold U+0000");
        }
    }
}
