package io.wavegate.load.interop;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.config.FindingException;
import io.wavegate.node.json.DeltaJson;
import io.wavegate.node.json.JsonFields;
import io.wavegate.node.json.JsonFormException;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** All of a wavelet's history as a gateway serves it to a user: each delta with author, operations, version and hash. */
final class ServedHistory {
    private ServedHistory() {}

    static List<DeltaPage.Delta> of(InteropDomain domain, String user, WaveletName wavelet)
            throws IOException, InterruptedException, FindingException, JsonFormException {
        HttpClient http = HttpClient.newHttpClient();
        List<DeltaPage.Delta> history = new ArrayList<>();
        String from = "version=0";
        while (true) {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(
                                    domain.api().resolve("/api/v1/wavelets/" + wavelet.toModern() + "/deltas?" + from))
                            .header("Authorization", "Bearer " + domain.token(user))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(response.body());
            }
            JsonNode deltas = JsonFields.parse(response.body().getBytes(StandardCharsets.UTF_8))
                    .path("deltas");
            if (deltas.isEmpty()) {
                return history;
            }
            for (JsonNode delta : deltas) {
                history.add(DeltaJson.readApplied(delta));
            }
            from = following(history.get(history.size() - 1).result());
        }
    }

    private static String following(HashedVersion version) {
        String hash = Base64.getEncoder().encodeToString(version.historyHash().toByteArray());
        return "version=" + version.version() + "&history_hash=" + URLEncoder.encode(hash, StandardCharsets.UTF_8);
    }
}
