package io.wavegate.load.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wavegate.load.chaos.load.ApiReader;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The client API as any program can use it: what a test writes goes out as it is. */
final class RawApi {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI gateway;
    private final String token;
    private final ParticipantId user;
    private final ApiReader reader;

    RawApi(URI gateway, String token, ParticipantId user) {
        this.gateway = gateway;
        this.token = token;
        this.user = user;
        this.reader = new ApiReader(gateway, token, PATIENCE);
    }

    ParticipantId user() {
        return user;
    }

    String token() {
        return token;
    }

    /** An answer. */
    record Reply(int status, JsonNode body) {
        String reason() {
            return body.path("reason").asText();
        }

        String detail() {
            return body.path("detail").asText();
        }
    }

    Reply submit(WaveletName wavelet, String json) throws IOException {
        return send("POST", ApiReader.path(wavelet) + "/deltas", json);
    }

    Reply send(String method, String path, String body) throws IOException {
        HttpResponse<String> response = exchange(request(method, path, body));
        return new Reply(response.statusCode(), MAPPER.readTree(response.body()));
    }

    private HttpRequest request(String method, String path, String body) {
        return HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
    }

    private HttpResponse<String> exchange(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The whole history. */
    List<DeltaPage.Delta> history(WaveletName wavelet) throws IOException {
        return reader.history(wavelet, Optional.empty());
    }

    String text(WaveletName wavelet, String document) throws IOException {
        HttpRequest request = request(
                "GET",
                ApiReader.path(wavelet) + "/documents/" + URLEncoder.encode(document, StandardCharsets.UTF_8),
                "");
        return exchange(request).body();
    }

    HashedVersion version(WaveletName wavelet) throws IOException {
        return reader.version(wavelet);
    }
}
