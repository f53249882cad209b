package io.wavegate.node.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wavegate.node.config.FindingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Reads traces: JSON, gzipped or not, with {@code endContent} and {@code txns[]} of {@code patches[]} of {@code [position,
 * charactersDeleted, insertedText]}; where several people type, each transaction with {@code agent} and {@code parents}.
 */
public final class TraceReader {
    private static final String NEXT = "Choose a trace of the form that README describes";
    private static final int GZIP = 0x1f;

    private TraceReader() {}

    /** Reads a file. */
    public static Trace read(Path file) throws FindingException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, "Trace " + file);
        } catch (NoSuchFileException e) {
            throw new FindingException("Trace " + file, "there is no such file", "Give its path with --trace");
        } catch (JsonProcessingException e) {
            throw new FindingException("Trace " + file, "is no JSON (" + e.getOriginalMessage() + ")", NEXT);
        } catch (IOException e) {
            throw new FindingException("Trace " + file, "cannot be read (" + e + ")", "Give another with --trace");
        }
    }

    /**
     * Reads a stream to its end.
     *
     * @param thing names it in messages
     */
    public static Trace read(InputStream in, String thing) throws IOException, FindingException {
        byte[] bytes = in.readAllBytes();
        boolean zipped = bytes.length > 0 && bytes[0] == GZIP;
        JsonNode root = new ObjectMapper()
                .readTree(zipped ? new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes() : bytes);
        if (root == null
                || !root.path("endContent").isTextual()
                || !root.path("txns").isArray()) {
            throw new FindingException(thing, "has no endContent and txns", NEXT);
        }
        Closures closures = new Closures(thing);
        List<Trace.Transaction> transactions = new ArrayList<>();
        for (JsonNode node : root.path("txns")) {
            int person = node.path("agent").asInt(0);
            int seen = closures.seen(person, node.get("parents"));
            transactions.add(new Trace.Transaction(person, seen, patches(node, thing)));
        }
        return new Trace(
                text(root.path("startContent").asText(""), thing),
                text(root.path("endContent").asText(), thing),
                closures.people(),
                transactions);
    }

    private static List<Trace.Patch> patches(JsonNode transaction, String thing) throws FindingException {
        List<Trace.Patch> patches = new ArrayList<>();
        for (JsonNode patch : transaction.path("patches")) {
            patches.add(new Trace.Patch(
                    patch.path(0).asInt(),
                    patch.path(1).asInt(),
                    text(patch.path(2).asText(), thing)));
        }
        return patches;
    }

    // Without surrogates a code point, in which traces count, is a UTF-16 unit, in which documents count.
    private static String text(String text, String thing) throws FindingException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c) || (c >= 0xFDD0 && c <= 0xFDEF) || c >= 0xFFFE) {
                throw new FindingException(
                        thing,
                        String.format(
                                "types U+%04X, which cannot be in a document's text (spec 10.1)", text.codePointAt(i)),
                        "Choose a trace of characters up to U+FFFF");
            }
        }
        return text;
    }
}
