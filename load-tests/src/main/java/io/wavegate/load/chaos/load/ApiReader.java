package io.wavegate.load.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wavegate.node.json.DeltaJson;
import io.wavegate.node.json.JsonFormException;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads what one node serves, and nothing else. */
public final class ApiReader {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI node;
    private final String token;
    private final Duration timeout;

    /** @param timeout of one request */
    public ApiReader(URI node, String token, Duration timeout) {
        this.node = node;
        this.token = token;
        this.timeout = timeout;
    }

    /** The version that it serves now. */
    public HashedVersion version(WaveletName wavelet) throws IOException {
        return version(get(path(wavelet)));
    }

    private static HashedVersion version(JsonNode body) throws IOException {
        try {
            return DeltaJson.readVersion(body.path("hashed_version"), "hashed_version");
        } catch (JsonFormException e) {
            throw new IOException(e);
        }
    }

    /**
     * The history behind a version, to its end.
     *
     * @param after where to begin; empty for the beginning. If the node's history does not have it, that is a failure
     */
    public List<DeltaPage.Delta> history(WaveletName wavelet, Optional<HashedVersion> after) throws IOException {
        List<DeltaPage.Delta> history = new ArrayList<>();
        Optional<HashedVersion> from = after;
        while (true) {
            JsonNode page = get(path(wavelet) + "/deltas" + query(from));
            if (page.path("deltas").isEmpty()) {
                return history;
            }
            try {
                for (JsonNode delta : page.path("deltas")) {
                    history.add(DeltaJson.readApplied(delta));
                }
            } catch (JsonFormException e) {
                throw new IOException(e);
            }
            from = Optional.of(history.get(history.size() - 1).result());
        }
    }

    private static String query(Optional<HashedVersion> from) {
        return from.map(version -> "?version=" + version.version() + "&history_hash="
                        + URLEncoder.encode(
                                Base64.getEncoder()
                                        .encodeToString(version.historyHash().toByteArray()),
                                StandardCharsets.UTF_8))
                .orElse("?version=0");
    }

    private JsonNode get(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(node.resolve(path))
                .timeout(timeout)
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(node + path + ": " + response.statusCode() + " " + response.body());
            }
            return MAPPER.readTree(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Where a wavelet is in the API. */
    public static String path(WaveletName wavelet) {
        StringBuilder path = new StringBuilder("/api/v1/wavelets");
        for (String part : wavelet.toModern().split("/", -1)) {
            path.append('/').append(URLEncoder.encode(part, StandardCharsets.UTF_8));
        }
        return path.toString();
    }
}
