package io.wavegate.persistence.embedded;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StoredSnapshot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The values of the embedded store. Stored for ever: change nothing. */
final class Values {
    private Values() {}

    /** Length of the manifest in 2 bytes, manifest, payload. */
    static byte[] event(StoredEvent event) {
        byte[] manifest = Keys.utf8(event.manifest());
        ByteBuffer value = ByteBuffer.allocate(
                Short.BYTES + manifest.length + event.payload().size());
        putManifest(value, manifest);
        event.payload().copyTo(value);
        return value.array();
    }

    static StoredEvent event(long position, byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        return new StoredEvent(position, manifest(in), ByteString.copyFrom(in));
    }

    /** Position in 8 bytes, length of the manifest in 2 bytes, manifest, payload. */
    static byte[] snapshot(StoredSnapshot snapshot) {
        byte[] manifest = Keys.utf8(snapshot.manifest());
        ByteBuffer value = ByteBuffer.allocate(
                Long.BYTES + Short.BYTES + manifest.length + snapshot.payload().size());
        value.putLong(snapshot.position());
        putManifest(value, manifest);
        snapshot.payload().copyTo(value);
        return value.array();
    }

    static StoredSnapshot snapshot(byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        long position = in.getLong();
        return new StoredSnapshot(position, manifest(in), ByteString.copyFrom(in));
    }

    static byte[] head(long head) {
        return ByteBuffer.allocate(Long.BYTES).putLong(head).array();
    }

    static long head(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }

    private static void putManifest(ByteBuffer value, byte[] manifest) {
        if (manifest.length > 0xFFFF) {
            throw new IllegalArgumentException("manifest is longer than 65,535 bytes");
        }
        value.putShort((short) manifest.length).put(manifest);
    }

    private static String manifest(ByteBuffer in) {
        byte[] manifest = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(manifest);
        return new String(manifest, StandardCharsets.UTF_8);
    }
}
