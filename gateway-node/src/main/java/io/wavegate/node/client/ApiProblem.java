package io.wavegate.node.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * Why the gateway did not grant a request (RFC 9457).
 *
 * @param status HTTP status
 * @param reason one of the documented words
 * @param detail thing, cause and next step, for a person
 */
public record ApiProblem(int status, String reason, String detail) {
    // The outcome is unknown or the obstacle passes: the same delta may be submitted again, it is applied once.
    private static final Set<String> PASSING =
            Set.of("HOST_UNREACHABLE", "STORE_UNAVAILABLE", "OVERLOADED", "QUARANTINED", "INTERNAL");

    static ApiProblem of(JsonNode problem) {
        return new ApiProblem(
                problem.path("status").asInt(500),
                problem.path("reason").asText("INTERNAL"),
                problem.path("detail").asText("The gateway gave no reason."));
    }

    /** True if the same request may succeed later. */
    public boolean passes() {
        return PASSING.contains(reason);
    }
}
