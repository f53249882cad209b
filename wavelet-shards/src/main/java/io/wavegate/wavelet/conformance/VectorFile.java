package io.wavegate.wavelet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * One file of vectors: {@code {"about": ..., "meta": ..., "cases": [...]}}, plain or gzipped.
 *
 * @param name without folder and extension
 * @param about what the file says of its fields
 * @param meta what the cases share; a missing node if there is none
 * @param cases an array
 */
public record VectorFile(String name, String about, JsonNode meta, JsonNode cases) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** True for a file name that ends like a vector file's. */
    public static boolean isVectorFile(Path path) {
        String name = path.toString();
        return name.endsWith(".json") || name.endsWith(".json.gz");
    }

    /**
     * Reads a file whole.
     *
     * @throws IOException if it cannot be read or has no {@code cases}; the message names the file
     */
    public static VectorFile read(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return read(String.valueOf(path.getFileName()), in);
        }
    }

    /**
     * Reads a file whole; does not close the stream.
     *
     * @param fileName decides by its ending whether the content is gzipped
     */
    public static VectorFile read(String fileName, InputStream in) throws IOException {
        InputStream plain = fileName.endsWith(".gz") ? new GZIPInputStream(in) : in;
        JsonNode root = JSON.readTree(new BufferedInputStream(plain));
        JsonNode cases = root.path("cases");
        if (!cases.isArray()) {
            throw new IOException(fileName + " has no array \"cases\": is it a vector file?");
        }
        return new VectorFile(baseName(fileName), root.path("about").asText(), root.path("meta"), cases);
    }

    private static String baseName(String fileName) {
        String noGz = fileName.endsWith(".gz") ? fileName.substring(0, fileName.length() - 3) : fileName;
        return noGz.endsWith(".json") ? noGz.substring(0, noGz.length() - 5) : noGz;
    }
}
