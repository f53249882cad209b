package io.wavegate.wavelet.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Percent-encoding of ids in wavelet URIs (spec section 1): UTF-8, upper-case hex, {@code +} is a plus. */
final class PercentCoding {
    private static final String UNRESERVED = ":@!$&'()*+,;=-._~";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentCoding() {}

    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isLiteral(b)) {
                encoded.append((char) b);
            } else {
                encoded.append('%');
                HEX.toHexDigits(encoded, b);
            }
        }
        return encoded.toString();
    }

    /** Empty if a {@code %} is not followed by two hex digits or what is encoded is not UTF-8. */
    static Optional<String> decode(String text) {
        if (text.indexOf('%') < 0) {
            return Optional.of(text);
        }
        StringBuilder decoded = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            if (text.charAt(i) != '%') {
                decoded.append(text.charAt(i));
                i++;
                continue;
            }
            ByteArrayOutputStream run = new ByteArrayOutputStream();
            while (i < text.length() && text.charAt(i) == '%') {
                if (i + 3 > text.length()
                        || !HexFormat.isHexDigit(text.charAt(i + 1))
                        || !HexFormat.isHexDigit(text.charAt(i + 2))) {
                    return Optional.empty();
                }
                run.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 3;
            }
            Optional<String> characters = utf8(run.toByteArray());
            if (characters.isEmpty()) {
                return Optional.empty();
            }
            decoded.append(characters.get());
        }
        return Optional.of(decoded.toString());
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isLiteral(byte b) {
        return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || UNRESERVED.indexOf(b) >= 0;
    }
}
