package io.wavegate.persistence.embedded;

import io.wavegate.persistence.journal.StreamId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of the embedded store. Names hold no U+0000, so a NUL ends them: what belongs together is one unbroken range,
 * in the order of UTF-8 bytes, and no name's range reaches into that of a longer one. Stored for ever: change nothing.
 */
final class Keys {
    private Keys() {}

    /** {@code kind NUL key NUL}: the key of a stream's head and snapshot, and what its events and hints begin with. */
    static byte[] stream(StreamId stream) {
        return utf8(stream.kind() + '\0' + stream.key() + '\0');
    }

    /** The first key that nothing of this stream has, nor of one that comes before it. */
    static byte[] afterStream(StreamId stream) {
        return utf8(stream.kind() + '\0' + stream.key() + '\1');
    }

    /** {@code kind NUL key NUL position}, the position in 8 bytes, big-endian. */
    static byte[] event(byte[] stream, long position) {
        return ByteBuffer.allocate(stream.length + Long.BYTES)
                .put(stream)
                .putLong(position)
                .array();
    }

    static long position(byte[] event) {
        return ByteBuffer.wrap(event, event.length - Long.BYTES, Long.BYTES).getLong();
    }

    /** {@code kind NUL key NUL name}. */
    static byte[] hint(byte[] stream, String name) {
        byte[] tail = utf8(name);
        return ByteBuffer.allocate(stream.length + tail.length)
                .put(stream)
                .put(tail)
                .array();
    }

    /** {@code set NUL member}; with an empty member, the place before the first one. */
    static byte[] member(String set, String member) {
        return utf8(set + '\0' + member);
    }

    /** The first key that no member of {@code set} has, nor a set that comes before it. */
    static byte[] afterSet(String set) {
        return utf8(set + '\1');
    }

    static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** What follows the first {@code skip} bytes. */
    static String tail(byte[] key, int skip) {
        return new String(key, skip, key.length - skip, StandardCharsets.UTF_8);
    }

    /** The set's name in a member's key. */
    static String setOf(byte[] member) {
        int end = 0;
        while (member[end] != 0) {
            end++;
        }
        return new String(member, 0, end, StandardCharsets.UTF_8);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
