package io.wavegate.s2s.netty;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Unpredictable text for stream ids and secrets. */
final class RandomText {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;

    private RandomText() {}

    /** 128 bits. */
    static String get() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
