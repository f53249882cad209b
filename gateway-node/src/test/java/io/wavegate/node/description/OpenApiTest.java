package io.wavegate.node.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.fake.FakeGateway;
import io.wavegate.node.fake.FakeHealth;
import io.wavegate.node.fake.FakeWavelets;
import io.wavegate.node.http.Endpoint;
import io.wavegate.node.http.Leaving;
import io.wavegate.node.http.NodeReads;
import io.wavegate.node.http.Problem;
import io.wavegate.node.wiring.ApiEndpoints;
import io.wavegate.wavelet.api.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private static final List<Endpoint> ENDPOINTS = ApiEndpoints.all(
            new FakeWavelets(), FakeGateway.SETTINGS, new NodeReads(FakeHealth.WELL, () -> ""), new Leaving());
    private static final List<String> METHODS = List.of("get", "put", "post", "delete");

    @Test
    void everyEndpointIsDescribedAndNothingElse() {
        TreeSet<String> described = new TreeSet<>();
        Described.OPENAPI.path("paths").fields().forEachRemaining(path -> METHODS.stream()
                .filter(path.getValue()::has)
                .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertThat(described)
                .containsExactlyElementsOf(new TreeSet<>(ENDPOINTS.stream()
                        .map(endpoint -> endpoint.method() + " " + endpoint.template())
                        .toList()));
    }

    @Test
    void endpointsWithoutATokenAreSaidToBe() {
        for (Endpoint endpoint : ENDPOINTS) {
            JsonNode operation = operation(endpoint);
            boolean open =
                    operation.has("security") && operation.path("security").isEmpty();
            assertThat(open).as(endpoint.template()).isEqualTo(endpoint.open());
        }
    }

    @Test
    void theParametersOfAPathAreDescribed() {
        for (Endpoint endpoint : ENDPOINTS) {
            List<String> inPath = new ArrayList<>();
            for (JsonNode parameter :
                    Described.OPENAPI.path("paths").path(endpoint.template()).path("parameters")) {
                JsonNode described = Described.resolved(parameter, Described.OPENAPI);
                assertThat(described.path("in").asText()).isEqualTo("path");
                inPath.add("{" + described.path("name").asText() + "}");
            }
            assertThat(inPath)
                    .containsExactlyElementsOf(Stream.of(endpoint.template().split("/"))
                            .filter(segment -> segment.startsWith("{"))
                            .toList());
        }
    }

    private static JsonNode operation(Endpoint endpoint) {
        return Described.OPENAPI
                .path("paths")
                .path(endpoint.template())
                .path(endpoint.method().toLowerCase(Locale.ROOT));
    }

    @Test
    void everyReasonIsDescribedAndNoOther() {
        List<String> listed = new ArrayList<>();
        JsonNode reason = Described.OPENAPI.path("components").path("schemas").path("Reason");
        reason.path("enum").forEach(name -> listed.add(name.asText()));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(statuses().keySet());
        for (String name : listed) {
            assertThat(reason.path("description").asText()).contains(name);
        }
    }

    @Test
    void everyReasonStandsWithItsStatus() {
        Map<String, Integer> described = new TreeMap<>();
        String table = Described.OPENAPI
                .path("components")
                .path("responses")
                .path("Problem")
                .path("description")
                .asText();
        Matcher row = Pattern.compile("\\| (\\d{3}) \\| ([A-Z_, ]+) \\|").matcher(table);
        while (row.find()) {
            for (String reason : row.group(2).split(", ")) {
                described.put(reason, Integer.parseInt(row.group(1)));
            }
        }
        assertThat(described).isEqualTo(statuses());
    }

    private static Map<String, Integer> statuses() {
        Map<String, Integer> statuses = new TreeMap<>();
        for (Refusal.Reason reason : Refusal.Reason.values()) {
            statuses.put(reason.name(), Problem.status(reason));
        }
        for (Problem.Own reason : Problem.Own.values()) {
            statuses.put(reason.name(), reason.status());
        }
        return statuses;
    }

    @Test
    void noReferenceDangles() {
        for (JsonNode root : List.of(Described.OPENAPI, Described.ASYNCAPI)) {
            assertThat(root.findValuesAsText("$ref"))
                    .isNotEmpty()
                    .allSatisfy(reference -> Described.target(reference, root));
        }
    }
}
