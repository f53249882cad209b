package io.wavegate.node.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What Helm would send to Kubernetes. */
record RenderedChart(List<JsonNode> objects) {
    private static final YAMLMapper YAML = new YAMLMapper();

    static RenderedChart of(HelmProcess.Answer answer) throws IOException {
        assertThat(answer.done()).as(answer.text()).isTrue();
        List<JsonNode> objects = new ArrayList<>();
        YAML.readerFor(JsonNode.class)
                .<JsonNode>readValues(new YAMLFactory().createParser(answer.text()))
                .forEachRemaining(objects::add);
        return new RenderedChart(objects);
    }

    /** The one object of a kind whose name ends so. */
    JsonNode one(String kind, String suffix) {
        List<JsonNode> found = all(kind)
                .filter(one -> one.at("/metadata/name").asText().endsWith(suffix))
                .toList();
        assertThat(found).as("%s *%s", kind, suffix).hasSize(1);
        return found.get(0);
    }

    Stream<JsonNode> all(String kind) {
        return objects.stream().filter(one -> one.path("kind").asText().equals(kind));
    }

    JsonNode nodes(String role) {
        return one("StatefulSet", "-" + role);
    }

    RenderedPod pod(String role) {
        return new RenderedPod(nodes(role).at("/spec/template"));
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** Whether labels have all that a selector asks for, which must be something. */
    static boolean selects(JsonNode selector, JsonNode labels) {
        assertThat(selector.size()).isPositive();
        return selector.properties().stream()
                .allMatch(wanted -> labels.path(wanted.getKey()).equals(wanted.getValue()));
    }

    /** The same for a selector in text, as the Kubernetes API takes it. */
    static boolean selects(String selector, JsonNode labels) {
        return Stream.of(selector.split(","))
                .map(part -> part.split("=", -1))
                .map(part -> Map.entry(part[0], part[1]))
                .allMatch(wanted -> labels.path(wanted.getKey()).asText("").equals(wanted.getValue()));
    }
}
