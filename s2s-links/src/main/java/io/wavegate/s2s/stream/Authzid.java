package io.wavegate.s2s.stream;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The authorization identity in a SASL EXTERNAL response (RFC 6120 section 6.4.2). */
final class Authzid {
    private Authzid() {}

    /**
     * Reads the payload of {@code <auth/>} or {@code <response/>}: nothing and {@code =} stand for an empty identity.
     *
     * @return empty for what is not base64 in its one canonical form, or not UTF-8
     */
    static Optional<String> decode(String payload) {
        String encoded = payload.strip();
        if (encoded.isEmpty() || encoded.equals("=")) {
            return Optional.of("");
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(encoded);
            // The JDK lets missing padding and stray bits at the end pass; encoding again does not.
            if (!Base64.getEncoder().encodeToString(bytes).equals(encoded)) {
                return Optional.empty();
            }
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
