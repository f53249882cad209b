package io.wavegate.load.chaos.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wavegate.load.chaos.lab.LabNode;
import io.wavegate.load.chaos.lab.TcpTable;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom a scenario hurts: who has most to do. After restarts all streams may be at one edge, and a node that has nothing is missed by
 * nobody.
 */
final class Victims {
    private static final Logger LOG = LoggerFactory.getLogger(Victims.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Victims() {}

    private interface Load {
        int of(LabNode node) throws IOException, InterruptedException;
    }

    /** The edge with most connections of streams. */
    static LabNode edge(Stage stage) throws IOException, InterruptedException {
        List<LabNode> far = stage.lab().far().nodes();
        return busiest(
                stage.lab().near().edges(), edge -> TcpTable.streams(edge, far).size(), "connections");
    }

    /** The shard node with most entities; of several with as many, the one that was started last. */
    static LabNode shard(Stage stage) throws IOException, InterruptedException {
        String token = stage.lab().keys().operatorToken();
        return busiest(stage.lab().near().shards(), node -> entities(node, token), "entities");
    }

    private static LabNode busiest(List<LabNode> nodes, Load load, String what)
            throws IOException, InterruptedException {
        LabNode busiest = nodes.get(nodes.size() - 1);
        int most = load.of(busiest);
        for (LabNode node : nodes) {
            int its = load.of(node);
            if (its > most) {
                busiest = node;
                most = its;
            }
        }
        LOG.info("The victim is {} with {} {}", busiest, most, what);
        return busiest;
    }

    private static int entities(LabNode node, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(node.api().resolve("/admin/v1/cluster"))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(5))
                .build();
        HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(node + " does not say what runs on it: " + answer.statusCode() + " " + answer.body());
        }
        JsonNode cluster = MAPPER.readTree(answer.body());
        int running = 0;
        for (JsonNode member : cluster.path("members")) {
            for (JsonNode kind :
                    member.path("self").asBoolean() ? member.path("entities") : MAPPER.createObjectNode()) {
                running += kind.path("running").asInt();
            }
        }
        return running;
    }
}
