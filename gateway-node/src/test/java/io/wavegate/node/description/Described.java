package io.wavegate.node.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.wavegate.node.json.JsonFields;
import io.wavegate.node.json.JsonFormException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Holds what the gateway says against {@code docs/client-api} and {@code docs/admin-api}. */
public final class Described {
    private static final Path FOLDER = folder();
    public static final JsonNode OPENAPI = read("client-api/openapi.yaml");
    public static final JsonNode ASYNCAPI = read("client-api/asyncapi.yaml");
    public static final JsonNode ADMIN = read("admin-api/openapi.yaml");

    private Described() {}

    private static Path folder() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolve("docs/client-api"))) {
            at = at.getParent();
        }
        if (at == null) {
            throw new IllegalStateException(
                    "no docs/client-api above " + Path.of("").toAbsolutePath());
        }
        return at.resolve("docs");
    }

    private static JsonNode read(String file) {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(FOLDER.resolve(file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Follows references, if it is one. */
    public static JsonNode resolved(JsonNode node, JsonNode root) {
        return node.has("$ref") ? target(node.get("$ref").textValue(), root) : node;
    }

    static JsonNode target(String reference, JsonNode root) {
        int hash = reference.indexOf('#');
        JsonNode document = hash == 0 ? root : OPENAPI;
        JsonNode found = document.at(reference.substring(hash + 1));
        assertThat(found.isMissingNode()).as("dangling " + reference).isFalse();
        return found;
    }

    /** The document that a reference's target is of. */
    static JsonNode document(String reference, JsonNode root) {
        return reference.startsWith("#") ? root : OPENAPI;
    }

    /** Checks an answer: path, status, content type and body are as described. */
    public static void check(String method, String path, HttpResponse<String> answer) {
        JsonNode root = path.startsWith("/admin/") ? ADMIN : OPENAPI;
        JsonNode operation = operation(method, path, root);
        JsonNode responses = operation.path("responses");
        String status = Integer.toString(answer.statusCode());
        JsonNode response = resolved(responses.has(status) ? responses.get(status) : responses.path("default"), root);
        assertThat(responses.has(status) || answer.statusCode() >= 400)
                .as("%s %s answers %s, which is not described", method, path, status)
                .isTrue();
        String type = answer.headers().firstValue("content-type").orElse("").split(";")[0];
        JsonNode content = response.path("content").path(type);
        assertThat(content.isMissingNode())
                .as("%s %s %s answers %s, which is not described", method, path, status, type)
                .isFalse();
        if (type.endsWith("json")) {
            conforms(json(answer.body()), content.path("schema"), root);
        }
    }

    private static JsonNode operation(String method, String path, JsonNode root) {
        String[] segments = path.split("\\?")[0].split("/", -1);
        for (var paths = root.path("paths").fields(); paths.hasNext(); ) {
            var described = paths.next();
            if (fits(described.getKey().split("/", -1), segments)
                    && described.getValue().has(method.toLowerCase(Locale.ROOT))) {
                return described.getValue().get(method.toLowerCase(Locale.ROOT));
            }
        }
        return fail(method + " " + path + " is not described");
    }

    private static boolean fits(String[] template, String[] segments) {
        boolean fits = template.length == segments.length;
        for (int i = 0; fits && i < template.length; i++) {
            fits = template[i].startsWith("{") || template[i].equals(segments[i]);
        }
        return fits;
    }

    /** Checks a message of the WebSocket. */
    public static void checkMessage(JsonNode message) {
        JsonNode described = ASYNCAPI.path("components")
                .path("messages")
                .path(message.path("type").asText());
        assertThat(described.isMissingNode()).as("not described: " + message).isFalse();
        conforms(message, described.path("payload"), ASYNCAPI);
    }

    /** Checks a value against a schema. */
    public static void conforms(JsonNode value, JsonNode schema, JsonNode root) {
        List<String> findings = new ArrayList<>();
        new JsonForm(findings).check(value, schema, root, "");
        assertThat(findings).as("in " + value).isEmpty();
    }

    /** Parses what the gateway sent. */
    public static JsonNode json(String text) {
        try {
            return JsonFields.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (JsonFormException e) {
            return fail("not JSON: " + text, e);
        }
    }
}
