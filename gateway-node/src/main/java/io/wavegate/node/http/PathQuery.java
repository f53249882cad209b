package io.wavegate.node.http;

import java.util.Map;
import java.util.Optional;

/** Reads query parameters; a wrong one is named. */
final class PathQuery {

    private PathQuery() {}

    static long number(Map<String, String> query, String name, long fallback, long most) throws ProblemException {
        String text = query.get(name);
        if (text == null) {
            return fallback;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= 0) {
                return Math.min(value, most);
            }
        } catch (NumberFormatException e) {
            // Answered below, like a negative one.
        }
        throw new ProblemException(Problem.malformed(
                "The query parameter " + name + " is \"" + text + "\", it must be a whole number, 0 or more."));
    }

    static Optional<String> text(Map<String, String> query, String name) {
        return Optional.ofNullable(query.get(name));
    }
}
