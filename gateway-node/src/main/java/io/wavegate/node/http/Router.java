package io.wavegate.node.http;

import io.wavegate.node.token.TokenVerdict;
import io.wavegate.node.token.Tokens;
import io.wavegate.wavelet.model.ParticipantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the endpoint of a request and its user. Knows nothing of the server that carries it. */
public final class Router {
    private static final String BEARER = "bearer ";
    private static final ParticipantId NOBODY = new ParticipantId("");

    private final List<Endpoint> endpoints;
    private final Tokens tokens;
    private final OperatorGate operators;

    /** Without endpoints of operators. */
    public Router(List<Endpoint> endpoints, Tokens tokens) {
        this(endpoints, tokens, OperatorGate.NONE);
    }

    public Router(List<Endpoint> endpoints, Tokens tokens, OperatorGate operators) {
        this.endpoints = List.copyOf(endpoints);
        this.tokens = tokens;
        this.operators = operators;
    }

    /** What the request asks for. */
    sealed interface Route {
        /** An endpoint, with the values of its template's parameters. */
        record Found(Endpoint endpoint, Map<String, String> parameters) implements Route {}

        /** None; the path's other methods, if it has any. */
        record None(Problem problem, List<String> allowed) implements Route {}
    }

    /** @param segments of the path, split first and decoded then: an encoded slash does not make two */
    Route route(String method, List<String> segments) {
        List<String> allowed = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            Optional<Map<String, String>> parameters = endpoint.match(segments);
            if (parameters.isPresent() && endpoint.method().equals(method)) {
                return new Route.Found(endpoint, parameters.get());
            }
            parameters.ifPresent(p -> allowed.add(endpoint.method()));
        }
        return new Route.None(
                allowed.isEmpty()
                        ? Problem.notFound("There is nothing at this path. The API is described in docs/client-api.")
                        : Problem.own(
                                Problem.Own.METHOD_NOT_ALLOWED,
                                "This path takes " + String.join(", ", allowed) + ", not " + method + "."),
                allowed);
    }

    /** Who asks, if that one may use the endpoint. */
    ParticipantId admit(Endpoint endpoint, Optional<String> authorization, OperatorGate.Origin origin, Instant now)
            throws ProblemException {
        return switch (endpoint.access()) {
            case ANYBODY -> NOBODY;
            case USER -> valid(authorization, now).user();
            case OPERATOR -> new ParticipantId(operators.admit(authorization, origin, now));
        };
    }

    /** The user that the Authorization header names, and until when. */
    public TokenVerdict.Valid valid(Optional<String> authorization, Instant now) throws ProblemException {
        TokenVerdict verdict = tokens.verify(bearer(authorization), now);
        if (verdict instanceof TokenVerdict.Invalid invalid) {
            throw new ProblemException(Problem.unauthenticated(
                    "Not let in: " + invalid.text() + ". `wavegate token` makes a token that counts."));
        }
        return (TokenVerdict.Valid) verdict;
    }

    /** The token of an Authorization header. */
    public static String bearer(Optional<String> authorization) throws ProblemException {
        String header = authorization.orElse("");
        if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            throw new ProblemException(
                    Problem.unauthenticated(
                            "The request has no bearer token. Send `Authorization: Bearer TOKEN`; `wavegate token` makes one."));
        }
        return header.substring(BEARER.length()).strip();
    }
}
