package io.wavegate.s2s.tls;

import io.wavegate.s2s.tls.CertificateProblem.Kind;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.openssl.PEMParser;

/** Reads PEM files (RFC 7468) into Bouncy Castle's objects, with errors that name the file. */
final class PemFile {
    /** Enough for the largest bundle of authorities. */
    static final long MAXIMUM_BYTES = 16L << 20;

    private PemFile() {}

    /**
     * @param what the thing, for messages: {@code "certificate of a.example"}
     * @return the objects in the file, at least one
     */
    static List<Object> read(Path file, String what) throws CertificateProblemException {
        String text = text(file, what);
        List<Object> objects = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                objects.add(object);
            }
        } catch (IOException | RuntimeException broken) {
            throw new CertificateProblemException(
                    Kind.NOT_PEM,
                    "The " + what + " in " + file + " is damaged (" + broken.getMessage()
                            + "); write the file anew from where you have it");
        }
        if (objects.isEmpty()) {
            throw new CertificateProblemException(
                    Kind.NOT_PEM,
                    "The " + what + " in " + file
                            + " is not PEM (no line -----BEGIN ...-----); convert it, for DER with"
                            + " openssl x509 -inform der or openssl pkey -inform der");
        }
        return objects;
    }

    private static String text(Path file, String what) throws CertificateProblemException {
        try {
            if (Files.size(file) > MAXIMUM_BYTES) {
                throw unreadable(file, what, "is larger than " + MAXIMUM_BYTES + " bytes");
            }
            // Comments around the blocks may be in any encoding; the blocks are ASCII.
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw unreadable(file, what, "does not exist");
        } catch (AccessDeniedException e) {
            throw unreadable(file, what, "may not be read by this user");
        } catch (IOException e) {
            throw unreadable(file, what, "cannot be read (" + e.getMessage() + ")");
        }
    }

    private static CertificateProblemException unreadable(Path file, String what, String cause) {
        return new CertificateProblemException(
                Kind.FILE_UNREADABLE,
                "The file " + file + " for the " + what + " " + cause + "; correct the path or the file's permissions");
    }
}
