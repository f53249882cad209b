package io.wavegate.node.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One operation of the client API.
 *
 * @param method HTTP method
 * @param template the path, with {@code {name}} for a segment that is a parameter
 * @param access who may use it
 * @param handler answers it
 */
public record Endpoint(String method, String template, Access access, Handler handler) {

    /** Answers a request. What it throws as {@link ProblemException} is answered as that problem. */
    @FunctionalInterface
    public interface Handler {
        CompletionStage<ApiReply> handle(ApiRequest request) throws ProblemException;
    }

    /** Whether it needs no token. */
    public boolean open() {
        return access == Access.ANYBODY;
    }

    static Endpoint get(String template, Handler handler) {
        return new Endpoint("GET", template, Access.USER, handler);
    }

    static Endpoint post(String template, Handler handler) {
        return new Endpoint("POST", template, Access.USER, handler);
    }

    /** The parameters, if the path fits the template. */
    Optional<Map<String, String>> match(List<String> segments) {
        String[] pattern = template.substring(1).split("/");
        if (pattern.length != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < pattern.length; i++) {
            String expected = pattern[i];
            String actual = segments.get(i);
            if (expected.startsWith("{")) {
                parameters.put(expected.substring(1, expected.length() - 1), actual);
            } else if (!expected.equals(actual)) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }
}
