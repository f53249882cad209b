package io.wavegate.node.chart;

import static io.wavegate.node.chart.RenderedChart.elements;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.config.Configuration;
import io.wavegate.node.config.FindingException;
import io.wavegate.node.wiring.NodeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pod's template, and what a container of it finds when it starts. */
record RenderedPod(JsonNode template) {
    private static final String ROOT = "/etc/wavegate";

    JsonNode labels() {
        return template.at("/metadata/labels");
    }

    JsonNode spec() {
        return template.path("spec");
    }

    JsonNode container() {
        JsonNode containers = spec().path("containers");
        assertThat(containers).hasSize(1);
        return containers.get(0);
    }

    int port(String name) {
        return elements(container().path("ports"))
                .filter(port -> port.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no port " + name))
                .path("containerPort")
                .asInt();
    }

    /** As the kubelet makes it. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        for (JsonNode variable : container().path("env")) {
            String name = variable.path("name").asText();
            JsonNode from = variable.path("valueFrom");
            if (from.at("/fieldRef/fieldPath").asText().equals("status.podIP")) {
                environment.put(name, "10.1.2.3");
            } else if (from.has("secretKeyRef")) {
                environment.put(name, "a secret of sixteen or more");
            } else {
                assertThat(variable.path("value").isTextual())
                        .as("%s is text: %s", name, variable)
                        .isTrue();
                environment.put(name, variable.path("value").asText());
            }
        }
        return environment;
    }

    /** Path of the file and text of it, from the volume that the program is told to read. */
    private Map.Entry<String, String> configuration() {
        List<String> arguments =
                elements(container().path("args")).map(JsonNode::asText).toList();
        assertThat(arguments).startsWith("run", "--config").hasSize(3);
        String file = arguments.get(2);
        JsonNode item = volume("config").at("/downwardAPI/items/0");
        assertThat(file).isEqualTo(mount("config") + "/" + item.path("path").asText());
        String field = item.at("/fieldRef/fieldPath").asText();
        assertThat(field).startsWith("metadata.annotations['").endsWith("']");
        String annotation = field.substring(field.indexOf('\'') + 1, field.lastIndexOf('\''));
        return Map.entry(
                file,
                template.path("metadata").path("annotations").path(annotation).asText());
    }

    private JsonNode volume(String name) {
        return elements(spec().path("volumes"))
                .filter(volume -> volume.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no volume " + name));
    }

    private String mount(String volume) {
        return elements(container().path("volumeMounts"))
                .filter(mount -> mount.path("name").asText().equals(volume))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not mounted: " + volume))
                .path("mountPath")
                .asText();
    }

    /**
     * All that the program would be told, read and checked as {@code wavegate run} does.
     *
     * @param secrets by the name of the secret, the folder with its files
     */
    NodeSettings settings(Path work, Map<String, Path> secrets) throws IOException, FindingException {
        Map.Entry<String, String> configuration = configuration();
        String text = here(configuration.getValue(), secrets);
        Path file = Files.writeString(Files.createTempFile(work, "wavegate", ".conf"), text);
        Map<String, String> environment = new HashMap<>();
        environment().forEach((name, value) -> environment.put(name, here(value, secrets)));
        return NodeSettings.read(Configuration.read(Optional.of(file), environment), Instant.now());
    }

    /** Paths of mounted secrets, as paths of this machine; no other may be left. */
    private String here(String text, Map<String, Path> secrets) {
        String here = text;
        for (JsonNode volume : spec().path("volumes")) {
            String secret = volume.at("/secret/secretName").asText();
            if (secrets.containsKey(secret)) {
                here = here.replace(mount(volume.path("name").asText()) + "/", secrets.get(secret) + "/");
            }
        }
        assertThat(here).doesNotContain(ROOT);
        return here;
    }
}
