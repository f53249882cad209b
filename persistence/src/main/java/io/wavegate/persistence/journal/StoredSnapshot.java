package io.wavegate.persistence.journal;

import com.google.protobuf.ByteString;

/**
 * The state of a stream's owner after every event below {@code position}. A stream keeps its newest snapshot only.
 *
 * @param position the head of the stream at the time: replay goes on from here
 * @param manifest names the schema of {@code payload}
 * @param payload the state
 */
public record StoredSnapshot(long position, String manifest, ByteString payload) {
    public StoredSnapshot {
        if (position < 0) {
            throw new IllegalArgumentException("a position is never negative: " + position);
        }
        Names.checked("manifest", manifest);
    }
}
