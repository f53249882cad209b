package io.wavegate.load.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wavegate.node.json.DeltaJson;
import io.wavegate.node.json.JsonFormException;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The client API as any program can use it: what a test writes goes out as it is. */
final class RawApi {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI gateway;
    private final String token;
    private final ParticipantId user;

    RawApi(URI gateway, String token, ParticipantId user) {
        this.gateway = gateway;
        this.token = token;
        this.user = user;
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
        return send("POST", path(wavelet) + "/deltas", json);
    }

    Reply send(String method, String path, String body) throws IOException {
        HttpResponse<String> response = exchange(request(method, path, body));
        return new Reply(response.statusCode(), MAPPER.readTree(response.body()));
    }

    private HttpRequest request(String method, String path, String body) {
        return HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(Duration.ofSeconds(90))
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

    /** The whole history, page by page. */
    List<DeltaPage.Delta> history(WaveletName wavelet) throws IOException, JsonFormException {
        List<DeltaPage.Delta> history = new ArrayList<>();
        String from = "?version=0";
        while (true) {
            Reply page = send("GET", path(wavelet) + "/deltas" + from, "");
            if (page.status() != 200) {
                throw new IOException(page.toString());
            }
            if (page.body().path("deltas").isEmpty()) {
                return history;
            }
            for (JsonNode delta : page.body().path("deltas")) {
                history.add(DeltaJson.readApplied(delta));
            }
            HashedVersion end = history.get(history.size() - 1).result();
            from = "?version=" + end.version() + "&history_hash="
                    + URLEncoder.encode(
                            Base64.getEncoder().encodeToString(end.historyHash().toByteArray()),
                            StandardCharsets.UTF_8);
        }
    }

    String text(WaveletName wavelet, String document) throws IOException {
        HttpRequest request =
                request("GET", path(wavelet) + "/documents/" + URLEncoder.encode(document, StandardCharsets.UTF_8), "");
        return exchange(request).body();
    }

    HashedVersion version(WaveletName wavelet) throws IOException, JsonFormException {
        Reply view = send("GET", path(wavelet), "");
        if (view.status() != 200) {
            throw new IOException(view.toString());
        }
        return DeltaJson.readVersion(view.body().path("hashed_version"), "hashed_version");
    }

    static String path(WaveletName wavelet) {
        StringBuilder path = new StringBuilder("/api/v1/wavelets");
        for (String part : wavelet.toModern().split("/")) {
            path.append('/').append(URLEncoder.encode(part, StandardCharsets.UTF_8));
        }
        return path.toString();
    }
}
