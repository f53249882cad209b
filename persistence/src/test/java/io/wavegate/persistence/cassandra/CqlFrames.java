package io.wavegate.persistence.cassandra;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Cuts what a driver sends into frames of Cassandra's native protocol, versions 3 to 5, uncompressed (native_protocol_v5.spec
 * section 2): envelopes, which version 5 packs into segments after the STARTUP message.
 */
final class CqlFrames {
    private static final int ENVELOPE_HEADER = 9;
    private static final int SEGMENT_HEADER = 6;
    private static final int SEGMENT_TRAILER = 4;
    private static final int SEGMENT_LENGTH = 0x1ffff;
    private static final int SEGMENT_SELF_CONTAINED = 0x20000;
    private static final int SEGMENTS_SINCE_VERSION = 5;
    private static final int STARTUP = 0x01;
    private static final int BATCH = 0x0d;

    private final DataInputStream in;
    private boolean segments;
    private boolean batch;

    CqlFrames(DataInputStream in) {
        this.in = in;
    }

    /** The next frame; without bytes if there is none any more. */
    byte[] next() throws IOException {
        try {
            return segments ? segment() : envelope();
        } catch (EOFException end) {
            return new byte[0];
        }
    }

    /** True if a batch is in the frame read last, or begins in it. */
    boolean holdsBatch() {
        return batch;
    }

    private byte[] envelope() throws IOException {
        byte[] frame = read(new byte[0], ENVELOPE_HEADER);
        frame = read(frame, ByteBuffer.wrap(frame).getInt(ENVELOPE_HEADER - 4));
        batch = frame[4] == BATCH;
        segments = frame[4] == STARTUP && frame[0] == SEGMENTS_SINCE_VERSION;
        return frame;
    }

    private byte[] segment() throws IOException {
        byte[] frame = read(new byte[0], SEGMENT_HEADER);
        int header = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        int length = header & SEGMENT_LENGTH;
        frame = read(frame, length + SEGMENT_TRAILER);
        batch = false;
        ByteBuffer payload = ByteBuffer.wrap(frame, SEGMENT_HEADER, length).slice();
        while (payload.remaining() >= ENVELOPE_HEADER) {
            int begin = payload.position();
            batch |= payload.get(begin + 4) == BATCH;
            long end = begin + ENVELOPE_HEADER + (long) payload.getInt(begin + 5);
            if (end > length || (header & SEGMENT_SELF_CONTAINED) == 0) {
                break;
            }
            payload.position((int) end);
        }
        return frame;
    }

    private byte[] read(byte[] before, int more) throws IOException {
        byte[] all = new byte[before.length + more];
        System.arraycopy(before, 0, all, 0, before.length);
        in.readFully(all, before.length, more);
        return all;
    }
}
