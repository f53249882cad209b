package io.wavegate.s2s.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells by their contents whether files have changed. Not by their times: certbot and Kubernetes swap symbolic links, and
 * copies keep the times of what was copied.
 */
final class FileFingerprint {
    private FileFingerprint() {}

    static String of(Path... files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files) {
                digest.update(content(file));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.size(file) > PemFile.MAXIMUM_BYTES ? words("too large") : Files.readAllBytes(file);
        } catch (IOException unreadable) {
            return words(unreadable.toString());
        }
    }

    private static byte[] words(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
