package io.wavegate.persistence.journal;

import com.google.protobuf.ByteString;

/**
 * One event as it lies in the journal.
 *
 * @param position where it stands in its stream: strictly increasing, not necessarily dense. A wavelet's events stand at
 *     the version they apply at, so that a range of versions is a range of positions
 * @param manifest names the schema of {@code payload}; chosen by the owner of the stream, never a class name, stable
 *     for ever
 * @param payload the event in the schema that {@code manifest} names
 */
public record StoredEvent(long position, String manifest, ByteString payload) {
    public StoredEvent {
        if (position < 0) {
            throw new IllegalArgumentException("a position is never negative: " + position);
        }
        Names.checked("manifest", manifest);
    }
}
