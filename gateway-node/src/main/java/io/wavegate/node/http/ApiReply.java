package io.wavegate.node.http;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An answer of the client API.
 *
 * @param status HTTP status
 * @param contentType with its charset where it has one
 * @param body UTF-8 text
 */
public record ApiReply(int status, String contentType, String body) {
    static final String JSON = "application/json";

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
