package io.wavegate.node.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.description.Described;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** A client that knows nothing but HTTP, and holds every answer against the description. */
public final class ApiCaller {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI gateway;
    private final Optional<String> token;

    public ApiCaller(URI gateway, Optional<String> token) {
        this.gateway = gateway;
        this.token = token;
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    public HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    public HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = undescribed(method, path, BodyPublishers.ofString(body));
        Described.check(method, path, answer);
        return answer;
    }

    /** Sends what is outside the description. */
    public HttpResponse<String> undescribed(String method, String path, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body);
        token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
        HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.body())
                .as("nothing of our insides is told")
                .doesNotContain("Exception", "io.wavegate", "org.apache", "com.fasterxml", "StreamRead", "\tat ");
        return answer;
    }

    /** Checks that it is a problem with a text for a person. */
    public static JsonNode problem(HttpResponse<String> answer, int status, String reason) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        return problem(Described.json(answer.body()), status, reason);
    }

    /** Checks a problem's members. */
    public static JsonNode problem(JsonNode problem, int status, String reason) {
        Described.conforms(problem, Described.OPENAPI.at("/components/schemas/Problem"), Described.OPENAPI);
        assertThat(problem.path("reason").asText()).as(problem.toString()).isEqualTo(reason);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        return problem;
    }

    public static JsonNode json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Described.json(answer.body());
    }
}
