package io.wavegate.s2s.component;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a component and its server share. Never printed. */
public final class ComponentSecret {
    private final String value;

    public ComponentSecret(String value) {
        this.value = value;
    }

    /** The content of {@code handshake}: SHA-1 of the stream's id and the secret, in lower case (XEP-0114 section 3). */
    public String handshake(String streamId) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((streamId + value).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** Whether this is the right handshake; takes as long for every wrong one. */
    boolean proves(String streamId, String handshake) {
        return MessageDigest.isEqual(
                handshake(streamId).getBytes(StandardCharsets.US_ASCII),
                handshake.strip().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "ComponentSecret";
    }
}
