package io.wavegate.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * An answer of the client API.
 *
 * @param status HTTP status
 * @param contentType with its charset where it has one
 * @param body UTF-8 text
 * @param stream takes the place of the body where an answer goes on
 */
public record ApiReply(int status, String contentType, String body, Optional<LineStream> stream) {
    static final String JSON = "application/json";

    ApiReply(int status, String contentType, String body) {
        this(status, contentType, body, Optional.empty());
    }

    /** 200 with JSON values, one in a line, as long as the reader stays. */
    public static ApiReply lines(LineStream stream) {
        return new ApiReply(200, "application/x-ndjson", "", Optional.of(stream));
    }

    /** 200 with JSON. */
    public static ApiReply ok(JsonNode body) {
        return json(200, body);
    }

    /** JSON. */
    public static ApiReply json(int status, JsonNode body) {
        return new ApiReply(status, JSON, body.toString());
    }

    /** Plain text. */
    public static ApiReply text(int status, String body) {
        return new ApiReply(status, "text/plain; charset=UTF-8", body);
    }

    /** A problem (RFC 9457). */
    public static ApiReply problem(Problem problem) {
        return new ApiReply(
                problem.status(), "application/problem+json", problem.toJson().toString());
    }
}
