package io.wavegate.load.sim;

import com.google.protobuf.ByteString;
import java.util.HexFormat;

/** Bytes as the checker names them. */
final class Hex {
    private Hex() {}

    static String of(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
